import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Stack } from "../../synth/manifest.ts";

/** The content of a stack in a test. */
export interface WrittenStack {
  readonly name: string;
  /** Other stacks → their outputs that it reads. */
  readonly reads?: Readonly<Record<string, readonly string[]>>;
  /** Type → name → arguments. */
  readonly resource?: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

/** Writes stacks like a synthesis, into a folder that is removed after the test. */
export function writeStacks(...stacks: readonly WrittenStack[]): Stack[] {
  const folder = temporaryFolder();
  return stacks.map(({ name, reads = {}, resource = {} }) => {
    const directory = join(folder, name);
    mkdirSync(directory);
    const remote = Object.keys(reads).map((from) => [
      from,
      { config: { bucket: "state", key: `test/${from}.tfstate` } },
    ]);
    const references = Object.entries(reads).flatMap(([from, outputs]) =>
      outputs.map((output) => [`${from}_${output}`, `\${data.terraform_remote_state.${from}.outputs.${output}}`]),
    );
    const configuration = {
      terraform: {
        backend: { s3: { bucket: "state", key: `test/${name}.tfstate` } },
        required_providers: { aws: { source: "aws", version: ">= 5.100, < 7" } },
      },
      data: { terraform_remote_state: Object.fromEntries(remote) },
      locals: Object.fromEntries(references),
      resource,
    };
    writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify(configuration));
    return { name, directory, dependencies: Object.keys(reads) };
  });
}

/** A folder that is removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "nv-demo-stacks-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
