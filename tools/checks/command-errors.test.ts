import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type CommandNode, isGroup } from "../command-line/command.ts";
import { describeCommands } from "../command-line/command-list.ts";
import { execute } from "../command-line/run-command.ts";
import { ROOT } from "../paths/root.ts";

/** How a command reaches the local deployment. */
type Local =
  /** Reads the states of a deployment, which must exist. */
  | "deployed"
  /** Needs a deployment that is running. */
  | "running"
  /** Starts the local AWS. */
  | "starts"
  /** Does not need it. */
  | "no";

interface Call {
  /** Valid arguments, after the environment. */
  readonly args: readonly string[];
  /** Whether it connects to the account of an environment before anything else. */
  readonly aws: boolean;
  readonly local: Local;
}

const call = (args: string, local: Local, aws = true): Call => ({ args: args.split(" ").filter(Boolean), local, aws });

/** Every command with an environment; a new command needs an entry. */
const CALLS: Readonly<Record<string, Call>> = {
  deploy: call("", "starts"),
  plan: call("", "deployed"),
  apply: call("--plans none", "no", false),
  destroy: call("--confirm dev", "starts"),
  drift: call("", "deployed"),
  info: call("", "running"),
  env: call("", "running"),
  logs: call("api", "running"),
  "state list": call("", "deployed"),
  "state show": call("vpc aws_vpc.Vpc", "deployed"),
  "state pull": call("vpc", "deployed"),
  "state unlock": call("vpc", "deployed"),
  "state versions": call("vpc", "deployed"),
  "state restore": call("vpc version", "deployed"),
  output: call("vpc", "deployed"),
  bootstrap: call("", "starts"),
  doctor: call("", "no", false), // It reports the same faults as results of its checks; see its own tests.
  cost: call("", "no", false),
  "system hello export": call("Ada", "running"),
  "system hello erase": call("Ada", "running"),
  "system hello restore-drill": call("", "running"),
  "system load": call("", "running", false),
  "system release status": call("", "running"),
  "system release promote": call("live", "running"),
  "system release canary": call("live --weight 10", "running"),
  "system release rollback": call("live", "running"),
  "system release history": call("live", "running"),
  "system release publish": call("package.json", "running"),
  "system release prune": call("", "running"),
  "system shout": call("", "no", false), // Starts a deployment of its own.
  "files put": call("package.json", "running"),
  "files get": call("a", "running"),
  "files ls": call("", "running"),
  "files rm": call("a", "running"),
  "files mv": call("a b", "running"),
  "files cp": call("a b", "running"),
  "files sync": call("docs files:a/", "running"),
  "files url": call("a", "running"),
  "user add": call("ann", "running"),
  "user list": call("", "running"),
  "user disable": call("ann", "running"),
  "user enable": call("ann", "running"),
  "user remove": call("ann --yes", "running"),
  "user erase": call("ann --yes", "running"),
  "user grant": call("ann writer team/", "running"),
  "user revoke": call("ann writer team/", "running"),
  "user password": call("ann", "running"),
  "user key add": call("ann laptop", "running"),
  "user key list": call("ann", "running"),
  "user key revoke": call("ann 4f1d9a0c7be2836d15", "running"),
  "tool diff-env": call("prod", "no", false),
  "tool github environments": call("", "no", false),
  "tool github access": call("plan", "no", false),
  "tool github comment": call("1 none.md", "no", false),
  "tool github drift": call("none.jsonl", "no", false),
  "tool graph": call("", "no", false),
  "tool images": call("", "starts"),
};

const scripts = ["apply", "bootstrap", "cost", "deploy", "destroy", "doctor", "drift", "env", "info", "logs", "output"];
const roots = new Map<string, CommandNode>();
for (const name of [
  ...scripts,
  "bench",
  "format",
  "local",
  "plan",
  "start",
  "state",
  "system",
  "test",
  "tool",
  "files",
  "user",
]) {
  const { command } = (await import(join(ROOT, "scripts", `${name}.ts`))) as { command: CommandNode };
  roots.set(name, command);
}
const described = describeCommands([...roots.values()]);
const withEnvironment = Object.entries(CALLS);
const reaching = (...kinds: readonly Local[]) => withEnvironment.filter(([, { local }]) => kinds.includes(local));
const onAws = withEnvironment.filter(([, { aws }]) => aws);

const folder = mkdtempSync(join(tmpdir(), "nv-demo-errors-"));
/** An AWS that refuses the credentials, as STS does. */
let refusing: Server;
const stderr: string[] = [];

beforeAll(async () => {
  refusing = createServer((_, response) => {
    const body =
      "<ErrorResponse><Error><Code>ExpiredToken</Code><Message>The token is expired.</Message></Error></ErrorResponse>";
    response.writeHead(403, { "content-type": "text/xml" }).end(body);
  });
  await new Promise<void>((resolve) => refusing.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  refusing.close();
  rmSync(folder, { recursive: true });
});

beforeEach(() => {
  stderr.length = 0;
  vi.spyOn(console, "error").mockImplementation((line) => void stderr.push(String(line)));
  vi.spyOn(console, "log").mockImplementation(() => {});
  vi.stubEnv("NV_DEMO_DATA", join(folder, "none"));
  vi.stubEnv("NV_DEMO_ENVIRONMENT", "");
  vi.stubEnv("NV_DEMO_ACCOUNT_ID", "");
  for (const name of ["AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL"]) {
    vi.stubEnv(name, undefined);
  }
  for (const name of ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"]) vi.stubEnv(name, join(folder, "none"));
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Runs a command line as its npm script does. */
async function run(command: string, environment: string, args: readonly string[]) {
  const [script = "", ...subcommands] = command.split(" ");
  const root = roots.get(script);
  if (!root) throw new Error(`There is no script ${script}.`);
  const words = root.environment ? [environment] : [];
  let node = root;
  for (const name of subcommands) {
    node = (isGroup(node) ? node.subcommands : []).find((below) => below.name === name) ?? node;
    words.push(name, ...(node.environment ? [environment] : []));
  }
  const code = await execute(root, [...words, ...args].filter(Boolean));
  return { code, lines: stderr.join("\n").split("\n") };
}

/** One to three lines that say what is wrong, and end with the next command to run. */
function expectExplained({ lines }: { readonly lines: readonly string[] }, problem: RegExp, next: RegExp): void {
  expect(lines.length, lines.join("\n")).toBeLessThanOrEqual(3);
  expect(lines.filter((line) => /^\s+at /.test(line))).toEqual([]);
  expect(lines.join("\n")).toMatch(problem);
  expect(lines.at(-1)).toMatch(next);
}

it("knows every command with an environment", () => {
  const names = described.filter(({ environment }) => environment).map(({ command }) => command);
  expect(Object.keys(CALLS).sort()).toEqual(names.sort());
});

describe("wrong usage", () => {
  const strict = described.filter(({ passthrough }) => !passthrough).map(({ command }) => command);

  it.each(strict)("%s rejects an unknown option, and suggests --help", async (command) => {
    const result = await run(command, "", ["--nonsense"]);
    expect(result.code).toBe(2);
    expectExplained(
      result,
      /^Unknown option --nonsense\./,
      /^Run npm (run |start|test)\S*.* --help to see its usage\.$/,
    );
  });

  it.each(withEnvironment)("%s rejects a misspelled environment, and suggests one", async (command, { args }) => {
    const result = await run(command, "dve", args);
    expect(result.code).toBe(2);
    expectExplained(result, /environment "dve"\. Did you mean "dev"\?/, /--help to see its usage\.$/);
  });

  // The argument of diff-env is an environment, and so is read as one.
  const defaulted = withEnvironment.filter(([command]) => command !== "tool diff-env");

  it.each(defaulted)("%s rejects a wrong NV_DEMO_ENVIRONMENT", async (command, { args }) => {
    vi.stubEnv("NV_DEMO_ENVIRONMENT", "prdo");
    const result = await run(command, "", args);
    expect(result.code).toBe(2);
    expectExplained(result, /^NV_DEMO_ENVIRONMENT is "prdo".* Did you mean "prod"\?$/m, /--help to see its usage\.$/);
  });

  it.each(withEnvironment)("%s accepts options before and after its arguments", async (command, { args }) => {
    const before = await run(command, "", ["--help", ...args]);
    const after = await run(command, "dev", [...args, "--help"]);
    expect([before.code, after.code]).toEqual([0, 0]);
  });
});

describe("an environment on AWS", () => {
  const account = () => vi.stubEnv("NV_DEMO_ACCOUNT_ID", "123456789012");
  const credentials = () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "example");
  };
  const doctor = /npm run doctor -- dev$/;

  it.each([...onAws, ["tool graph", call("", "no")] as const])(
    "%s says where to set the account",
    async (command, { args }) => {
      const result = await run(command, "dev", args);
      expect(result.code).toBe(1);
      expectExplained(result, /^The environment "dev" has no AWS account ID: set .*environments\.ts/, doctor);
    },
  );

  it.each(onAws)("%s leads to the doctor without credentials", async (command, { args }) => {
    account();
    const result = await run(command, "dev", args);
    expect(result.code).toBe(1);
    expectExplained(result, /^There are no AWS credentials \(/, doctor);
  });

  it.each(onAws)("%s says that the credentials have expired", async (command, { args }) => {
    account();
    credentials();
    vi.stubEnv("AWS_ENDPOINT_URL", `http://127.0.0.1:${(refusing.address() as AddressInfo).port}`);
    const result = await run(command, "dev", args);
    expect(result.code).toBe(1);
    expectExplained(result, /^The AWS credentials have expired \(ExpiredToken/, doctor);
  });

  it.each(onAws)("%s says that AWS cannot be reached", async (command, { args }) => {
    account();
    credentials();
    vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
    vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
    const result = await run(command, "dev", args);
    expect(result.code).toBe(1);
    expectExplained(result, /^127\.0\.0\.1:1 cannot be reached: the connection was refused/, doctor);
  });
});

describe("the local deployment", () => {
  it.each(reaching("deployed"))("%s says that nothing is deployed", async (command, { args }) => {
    const result = await run(command, "local", args);
    expect(result.code).toBe(1);
    expectExplained(result, /^Nothing is deployed to this machine yet\./, /npm start$/);
  });

  it.each(reaching("running"))("%s says that none is running", async (command, { args }) => {
    const result = await run(command, "local", args);
    expect(result.code).toBe(1);
    expectExplained(result, /^No local deployment is running\./, /npm start\b/);
  });

  it.each(reaching("deployed", "starts"))("%s says that the data folder is not a folder", async (command, { args }) => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    vi.stubEnv("NV_DEMO_DATA", file);
    const result = await run(command, "local", args);
    expect(result.code).toBe(1);
    expectExplained(result, /^The data folder \S+ is not a folder \(EEXIST\)\.$/m, /NV_DEMO_DATA=<folder> npm start$/);
  });

  it.each(reaching("running"))("%s names a damaged file in the data folder", async (command, { args }) => {
    const data = join(folder, "damaged");
    mkdirSync(data, { recursive: true });
    writeFileSync(join(data, "access-key.json"), "{");
    writeFileSync(join(data, "instance.json"), JSON.stringify({ pid: process.pid, port: 1, token: "token" }));
    vi.stubEnv("NV_DEMO_DATA", data);
    const result = await run(command, "local", args);
    expect(result.code).toBe(1);
    expectExplained(result, /access-key\.json is damaged: /, /npm start$/);
  });
});

describe("a file that the user names", () => {
  it.each([
    ["apply", ["--plans", "none"]],
    ["tool github comment", ["1", "none.md"]],
    ["tool github drift", ["none.jsonl"]],
  ])("%s names a file that does not exist", async (command, args) => {
    vi.stubEnv("GITHUB_TOKEN", "token");
    vi.stubEnv("GITHUB_REPOSITORY", "owner/repository");
    const result = await run(command, "dev", args);
    expect([1, 2]).toContain(result.code);
    expectExplained(result, /none/, /npm run /);
  });
});
