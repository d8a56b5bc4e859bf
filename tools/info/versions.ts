import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import * as v from "valibot";
import { readBuildInfo } from "../bundle/read-build-info.ts";
import { ROOT } from "../paths/root.ts";

/** Program → its version. */
export type Versions = Readonly<Record<string, string>>;

const withVersion = v.pipe(v.string(), v.parseJson(), v.object({ version: v.string() }));
const terraformVersion = v.pipe(v.string(), v.parseJson(), v.object({ terraform_version: v.string() }));

/** The versions of this repository and of the programs that it uses. */
export async function readVersions(): Promise<Versions> {
  const { version } = v.parse(withVersion, readFileSync(join(ROOT, "package.json"), "utf8"));
  const { short: commit } = await readBuildInfo(ROOT);
  return {
    "nv-demo": `${version} (${commit})`,
    "Node.js": process.versions.node,
    Terraform: await readTerraformVersion(),
  };
}

async function readTerraformVersion(): Promise<string> {
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "" };
  try {
    const { stdout } = await promisify(execFile)("terraform", ["version", "-json"], { env });
    return v.parse(terraformVersion, stdout).terraform_version;
  } catch {
    return "not on the PATH";
  }
}
