import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { type CommandResult, command } from "../support/command.ts";
import { target } from "../support/target.ts";

const { kind } = target;
const folder = mkdtempSync(join(tmpdir(), "nv-demo-errors-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** No setting of the user's shell, and no account and no credentials. */
const EMPTY: NodeJS.ProcessEnv = {
  NV_DEMO_DATA: join(folder, "none"),
  NV_DEMO_ENVIRONMENT: "",
  NV_DEMO_ACCOUNT_ID: "",
  AWS_PROFILE: "",
  AWS_ACCESS_KEY_ID: "",
  AWS_SECRET_ACCESS_KEY: "",
  AWS_SESSION_TOKEN: "",
  AWS_ENDPOINT_URL: "",
  AWS_CONFIG_FILE: join(folder, "none"),
  AWS_SHARED_CREDENTIALS_FILE: join(folder, "none"),
  AWS_EC2_METADATA_DISABLED: "true",
};
const ACCOUNT = { NV_DEMO_ACCOUNT_ID: "123456789012" };
const CREDENTIALS = { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "example" };

const npm = (line: string, variables: NodeJS.ProcessEnv = {}) => {
  const [script = "", ...args] = line.split(" ").filter(Boolean);
  return command("npm", ["run", "--silent", script, "--", ...args], { ...EMPTY, ...variables });
};

/** One to three lines, without a stack trace, that end with the next command to run. */
function expectExplained(
  { code, output }: CommandResult,
  expected: readonly [code: number, problem: RegExp, next: RegExp],
) {
  const lines = output.trimEnd().split("\n");
  expect(lines.length, output).toBeLessThanOrEqual(3);
  expect(output).not.toMatch(/^ {4}at /m);
  expect(output).toMatch(expected[1]);
  expect(lines.at(-1)).toMatch(expected[2]);
  expect(code).toBe(expected[0]);
}

/** A folder with programs, to be put on a PATH. */
function programs(name: string, scripts: Readonly<Record<string, string>>): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  for (const [program, script] of Object.entries(scripts)) {
    writeFileSync(join(path, program), `#!/bin/sh\n${script}\n`);
    chmodSync(join(path, program), 0o755);
  }
  return path;
}

function write(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const DOCTOR = /npm run doctor -- dev$/;
const OTHER_FOLDER = /^Use another data folder: NV_DEMO_DATA=<folder> npm start$/;

/** Each fault that a user can cause, with a command that it stops. tools/checks tests every command with each. */
describe.skipIf(kind !== "local").concurrent("a command ends with the next command to run", () => {
  it.each<[string, string, NodeJS.ProcessEnv, number, RegExp, RegExp]>([
    ["a misspelled command", "help plna", {}, 2, /no command "plna"\. Did you mean "plan"\?/, /npm run help$/],
    [
      "a misspelled option",
      "plan --jsn",
      {},
      2,
      /Unknown option --jsn\. Did you mean "--json"\?/,
      /--help to see its usage\.$/,
    ],
    [
      "a misspelled environment",
      "deploy dve",
      {},
      2,
      /no environment "dve"\. Did you mean "dev"\?|no .*"dve"/,
      /--help to see its usage\.$/,
    ],
    ["a misspelled subcommand", "state lits", {}, 2, /"lits"\. Did you mean "list"\?/, /--help to see its usage\.$/],
    ["no account", "plan dev", {}, 1, /^The environment "dev" has no AWS account ID/, DOCTOR],
    ["no account for a graph", "tool graph dev", {}, 1, /^The environment "dev" has no AWS account ID/, DOCTOR],
    ["no credentials", "deploy dev", ACCOUNT, 1, /^There are no AWS credentials/, DOCTOR],
    [
      "no network",
      "info dev",
      { ...ACCOUNT, ...CREDENTIALS, AWS_ENDPOINT_URL: "http://aws.invalid" },
      1,
      /^aws\.invalid cannot be reached: the name cannot be resolved/,
      DOCTOR,
    ],
    ["nothing deployed", "output frontend api_url", {}, 1, /^Nothing is deployed to this machine yet\./, /npm start$/],
    ["nothing running", "logs api", {}, 1, /^No local deployment is running\./, /npm start\b/],
    ["nothing running for a shell", "env", {}, 1, /^No local deployment is running\./, /npm start\b/],
    [
      "a program that is not installed",
      "local awz s3 ls",
      {},
      127,
      /^awz is not on the PATH\.$/m,
      /npm run local -- --help$/,
    ],
    [
      "a duration that is none",
      "logs api --since long",
      {},
      2,
      /^"long" is not a duration/,
      /--help to see its usage\.$/,
    ],
  ])("after %s", async (_, line, variables, code, problem, next) => {
    expectExplained(await npm(line, variables), [code, problem, next]);
  });

  it("after a data folder that is a file", async () => {
    const file = write("file", "");
    expectExplained(await npm("start", { NV_DEMO_DATA: file }), [1, /is not a folder \(EEXIST\)\./, OTHER_FOLDER]);
  });

  it("after a damaged file in the data folder, which it names", async () => {
    const file = write("damaged/access-key.json", '{"accessKeyId":');
    const result = await npm("start --json", { NV_DEMO_DATA: dirname(file) });
    expect(result.output).toContain(`${file} is damaged: Unexpected end of JSON input.`);
    expect(result.output).not.toMatch(/^ {4}at /m);
    expect(result.output.trimEnd().split("\n").at(-1)).toMatch(/npm start$/);
    expect(result.code).toBe(1);
  });

  it("without Terraform; help and doctor work without it", async () => {
    const path = join(folder, "without-terraform");
    mkdirSync(path);
    for (const name of ["node", "npm", "sh", "git", "env"]) {
      symlinkSync(spawnSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).stdout.trim(), join(path, name));
    }
    expectExplained(await npm("plan dev", { PATH: path }), [
      1,
      /^Terraform 1\.11 or newer is required/,
      /npm run doctor$/,
    ]);
    expect((await npm("help", { PATH: path })).code).toBe(0);
    expect((await npm("doctor local", { PATH: path })).stdout).toMatch(/✗ Terraform: not found/);
  });

  it("without the AWS CLI, for which it names what works without it", async () => {
    const path = (process.env.PATH ?? "")
      .split(delimiter)
      .filter((entry) => spawnSync("test", ["-e", join(entry, "aws")]).status !== 0)
      .join(delimiter);
    const result = await npm("local aws s3 ls", { PATH: path });
    expectExplained(result, [127, /^aws is not on the PATH\. Install the AWS CLI: https:/, /npm run logs/]);
  });
});

/**
 * The names of stacks are known after a synthesis, and are checked before anything else is started. One by one, because
 * each synthesizes to the same folder.
 */
describe.skipIf(kind !== "local")("a command suggests a name for a misspelled stack", () => {
  it.each([
    "plan vcp",
    "deploy vcp",
    "drift vcp",
    "output vcp",
    "state list vcp",
    "state show vcp address",
    "state pull vcp",
    "state unlock vcp",
    "state versions vcp",
    "state restore vcp version",
    "tool conformance vcp",
  ])(
    "%s",
    async (line) => {
      const result = await npm(line, { NV_DEMO_DATA: target.dataDirectory });
      expectExplained(result, [2, /There is no stack "vcp"\. Did you mean "vpc"\?/, /--help to see its usage\.$/]);
    },
    120_000,
  ); // Without bundles of an earlier run, conformance builds them first.
});

/** Runs npm start on a file system of its own, which only root, or a user with namespaces, can mount. */
describe.skipIf(kind !== "local")("a data folder on a disk", () => {
  const inNamespace = (script: string) => command("unshare", ["--map-root-user", "--mount", "sh", "-c", script], EMPTY);
  const start = "NV_DEMO_DATA=$data exec npm run --silent start";
  const data = join(folder, "disk");

  beforeEach(async ({ skip }) => {
    mkdirSync(data, { recursive: true });
    const probe = spawnSync("unshare", ["--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", data]);
    skip(probe.status !== 0, "this user cannot mount a file system (unshare)");
  });

  it("that is read-only is named", async () => {
    const mount = `data=${data}; mount -t tmpfs tmpfs $data && mount -o remount,ro $data`;
    const result = await inNamespace(`${mount} && ${start}`);
    expectExplained(result, [1, /cannot be written: the file system is read-only \(EROFS\)\./, OTHER_FOLDER]);
  });

  it("that is full is named", async () => {
    const mount = `data=${data}; mount -t tmpfs -o size=1m tmpfs $data`;
    const result = await inNamespace(`${mount} && ${start}`);
    expectExplained(result, [1, /is full: 1 MB are free, and at least 100 MB are required/, OTHER_FOLDER]);
  });
});

describe.skipIf(kind !== "local")("an AWS CLI that does not read AWS_ENDPOINT_URL", () => {
  const { dataDirectory, awsVariables } = target;
  const running = () => {
    const old = programs("old-aws", {
      aws: 'if [ "$1" = --version ]; then echo aws-cli/2.9.19 Python/3.11.2; else echo "$@ $HTTPS_PROXY"; fi',
    });
    return { NV_DEMO_DATA: dataDirectory, PATH: `${old}${delimiter}${process.env.PATH}` };
  };

  it("gets the endpoint with every call, and a proxy that does not exist", async () => {
    const { code, stdout, output } = await npm("local aws s3 ls", running());
    expect(code, output).toBe(0);
    expect(stdout.trim()).toBe(`--endpoint-url ${awsVariables.AWS_ENDPOINT_URL} s3 ls http://127.0.0.1:1`);
    expect(output).toContain("aws-cli/2.9.19 does not read AWS_ENDPOINT_URL");
  });

  it.each(["info", "env"])("is warned of by %s, on the standard error", async (name) => {
    const { code, stdout, output } = await npm(name, running());
    expect(code, output).toBe(0);
    expect(output).toContain("Warning: aws-cli/2.9.19 does not read AWS_ENDPOINT_URL and would send requests to AWS.");
    expect(stdout).not.toContain("Warning");
  });
});
