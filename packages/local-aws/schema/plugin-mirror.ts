import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join, parse, resolve } from "node:path";

const PROVIDER = join("registry.terraform.io", "hashicorp", "aws");

/** Depth of the search for mirrors below the root of the file system: `/opt/<name>`, `/usr/local/<name>`. */
const SEARCH_DEPTH = 3;
const EXCLUDED_FOLDERS = new Set(["proc", "sys", "dev", "run", "tmp", "node_modules"]);

export interface PluginMirror {
  /** The `path` of Terraform's `filesystem_mirror` block. */
  readonly path: string;
  /** Newest unpacked version of hashicorp/aws in it. */
  readonly version: string;
  /** The provider's program for this machine. */
  readonly executable: string;
}

/**
 * Finds a local Terraform plugin mirror that contains the real hashicorp/aws: the configured folder if there is one;
 * otherwise, an implied mirror of Terraform
 * (https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories), or a folder near
 * the root of the file system.
 */
export function findPluginMirror(
  configured: string | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): PluginMirror | undefined {
  if (configured !== undefined) return mirrorAt(resolve(configured));
  for (const folder of [...impliedFolders(environment), ...nearRoot(parse(process.cwd()).root, SEARCH_DEPTH)]) {
    const mirror = mirrorAt(folder);
    if (mirror) return mirror;
  }
  return undefined;
}

function impliedFolders(environment: NodeJS.ProcessEnv): string[] {
  const shared = (environment.XDG_DATA_DIRS ?? "").split(delimiter).filter(Boolean);
  return [
    ...(environment.TF_PLUGIN_CACHE_DIR ? [environment.TF_PLUGIN_CACHE_DIR] : []),
    join(homedir(), ".terraform.d", "plugins"),
    ...shared.map((folder) => join(folder, "terraform", "plugins")),
  ];
}

function* nearRoot(folder: string, depth: number): Generator<string> {
  yield folder;
  if (depth === 0) return;
  let names: string[];
  try {
    names = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && !EXCLUDED_FOLDERS.has(entry.name))
      .map((entry) => entry.name);
  } catch {
    return; // The folder cannot be read.
  }
  for (const name of names) yield* nearRoot(join(folder, name), depth - 1);
}

function mirrorAt(path: string): PluginMirror | undefined {
  const folder = join(path, PROVIDER);
  if (!existsSync(folder)) return undefined;
  const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
  for (const version of readdirSync(folder).sort(byVersion)) {
    const packageFolder = join(folder, version, platform);
    if (!existsSync(packageFolder)) continue;
    const program = readdirSync(packageFolder).find((name) => name.startsWith("terraform-provider-aws"));
    if (program) return { path, version, executable: join(packageFolder, program) };
  }
  return undefined;
}

/** Newest first. */
function byVersion(a: string, b: string): number {
  return b.localeCompare(a, "en", { numeric: true });
}
