import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { parse } from "yaml";
import { type CommandResult, command } from "./command.ts";
import { ROOT } from "./root.ts";

const WORKFLOWS = join(ROOT, ".github", "workflows");

/** A fake `aws s3 cp --recursive` that uses a folder per bucket. */
const AWS = `#!/usr/bin/env bash
set -euo pipefail
[ "$1 $2 $3 $4" = "s3 cp --recursive --only-show-errors" ]
from=\${5/#s3:\\/\\//$BUCKETS/}
to=\${6/#s3:\\/\\//$BUCKETS/}
mkdir -p "$to"
cp -r "$from/." "$to"
`;

export interface StepResult extends CommandResult {
  /** The outputs that the step set for later steps. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** Runs the commands of a workflow as GitHub does, one step at a time; it cannot run actions. */
export class WorkflowRunner {
  readonly folder = mkdtempSync(join(tmpdir(), "nv-demo-runner-"));
  readonly #variables: NodeJS.ProcessEnv;

  /** @param variables the environment of every step, like `env` of a job. */
  constructor(variables: NodeJS.ProcessEnv) {
    const programs = join(this.folder, "programs");
    mkdirSync(programs);
    writeFileSync(join(programs, "aws"), AWS);
    chmodSync(join(programs, "aws"), 0o755);
    this.#variables = {
      ...variables,
      PATH: `${programs}${delimiter}${process.env.PATH}`,
      BUCKETS: join(this.folder, "buckets"),
      RUNNER_TEMP: this.folder,
      GITHUB_STEP_SUMMARY: join(this.folder, "summary.md"),
    };
  }

  /** Runs the step with this name. */
  async run(workflow: string, job: string, step: string, variables: NodeJS.ProcessEnv = {}): Promise<StepResult> {
    const file = join(this.folder, "output");
    writeFileSync(file, "");
    const env = { ...this.#variables, GITHUB_OUTPUT: file, ...variables };
    const script = ["--noprofile", "--norc", "-eo", "pipefail", "-c", scriptOf(workflow, job, step)];
    const result = await command("bash", script, env);
    const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
    return { ...result, outputs: Object.fromEntries(lines.map((line) => line.split(/=(.*)/s))) };
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function scriptOf(workflow: string, job: string, name: string): string {
  const { jobs } = parse(readFileSync(join(WORKFLOWS, `${workflow}.yml`), "utf8")) as {
    jobs: Record<string, { steps: { name?: string; run?: string }[] }>;
  };
  const script = jobs[job]?.steps.find((step) => step.name === name)?.run;
  if (script === undefined) throw new Error(`The job ${job} of ${workflow}.yml has no step "${name}" with a command.`);
  return script;
}
