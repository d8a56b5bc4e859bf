import { describe, expect, it } from "vitest";
import {
  type CommandNode,
  defineCommand,
  defineGroup,
  JSON_OPTION,
  STACKS_ARGUMENT,
  VERBOSE_OPTION,
} from "./command.ts";
import { UsageError } from "./errors.ts";
import { parseInvocation } from "./parse-invocation.ts";

const run = async () => 0;
const examples = [
  { args: "", description: "one" },
  { args: "dev", description: "two" },
];

const plan = defineCommand({
  name: "plan",
  summary: "Plans",
  environment: true,
  arguments: { stacks: STACKS_ARGUMENT },
  options: {
    out: { type: "string", value: "folder", description: "output" },
    limit: { type: "number", value: "n", description: "limit", minimum: 1, maximum: 9, integer: true, default: 5 },
    json: JSON_OPTION,
    verbose: VERBOSE_OPTION,
  },
  examples,
  run,
});
const doctor = defineCommand({ name: "doctor", summary: "Checks", environment: true, examples, run });
const apply = defineCommand({
  name: "apply",
  summary: "Applies",
  options: { plans: { type: "string", value: "folder", description: "plans", required: true } },
  examples,
  run,
});
const system = defineGroup({
  name: "system",
  summary: "Systems",
  examples,
  subcommands: [
    defineGroup({
      name: "release",
      summary: "Releases",
      environment: true,
      examples,
      subcommands: [
        defineCommand({
          name: "canary",
          summary: "Tries a version",
          arguments: { stage: { description: "stage" }, version: { description: "version", optional: true } },
          options: { weight: { type: "string", value: "percent", description: "share" } },
          examples,
          run,
        }),
      ],
    }),
  ],
});
const local = defineCommand({
  name: "local",
  summary: "Runs a program",
  passthrough: { name: "command", description: "program", required: true },
  examples,
  run,
});

function read(command: CommandNode, args: string, variables = {}) {
  const invocation = parseInvocation(command, args.split(" ").filter(Boolean), variables);
  return invocation.kind === "run" ? invocation.input : invocation.path.map(({ name }) => name);
}

describe("the environment", () => {
  it("is the first argument", () => {
    expect(read(plan, "dev vpc")).toMatchObject({ environment: "dev", arguments: { stacks: ["vpc"] } });
    expect(read(plan, "dev", { NV_DEMO_ENVIRONMENT: "prod" })).toMatchObject({ environment: "dev" });
  });

  it("defaults to NV_DEMO_ENVIRONMENT, and then to local", () => {
    const expected = { environment: "prod", arguments: { stacks: ["vpc"] } };
    expect(read(plan, "vpc", { NV_DEMO_ENVIRONMENT: "prod" })).toMatchObject(expected);
    expect(read(plan, "")).toMatchObject({ environment: "local", arguments: { stacks: [] } });
    expect(read(plan, "", { NV_DEMO_ENVIRONMENT: "" })).toMatchObject({ environment: "local" });
  });

  it("precedes the subcommand", () => {
    const expected = { environment: "dev", arguments: { stage: "live", version: undefined } };
    expect(read(system, "release dev canary live")).toMatchObject(expected);
    expect(read(system, "release canary dev")).toMatchObject({ environment: "local", arguments: { stage: "dev" } });
  });

  it("is rejected with a suggestion when it does not exist", () => {
    expect(() => read(doctor, "pord")).toThrow('There is no environment "pord". Did you mean "prod"?');
    expect(() => read(doctor, "nowhere")).toThrow('There is no environment "nowhere". There are local, dev, prod.');
    expect(() => read(plan, "dve vpc")).toThrow('There is no environment "dve". Did you mean "dev"?');
    expect(() => read(plan, "", { NV_DEMO_ENVIRONMENT: "nowhere" })).toThrow("it must be one of local, dev, prod");
  });
});

describe("options", () => {
  it("are accepted before, between and after arguments", () => {
    const expected = {
      environment: "dev",
      arguments: { stacks: ["vpc", "postgres"] },
      options: { out: "plans", limit: 5, json: true },
    };
    for (const args of [
      "--json --out plans dev vpc postgres",
      "dev --out plans vpc --json postgres",
      "dev vpc postgres --json --out=plans",
    ]) {
      expect(read(plan, args), args).toMatchObject(expected);
    }
    expect(read(system, "--weight 10 release dev canary live")).toMatchObject({ arguments: { stage: "live" } });
  });

  it("may have a short form", () => {
    for (const args of ["dev -v vpc", "-v dev vpc", "dev vpc --verbose"]) {
      expect(read(plan, args), args).toMatchObject({ arguments: { stacks: ["vpc"] }, options: { verbose: true } });
    }
    expect(() => read(system, "release canary live -v")).toThrow(new UsageError("Unknown option -v."));
  });

  it("have a default, or are false or undefined", () => {
    expect(read(plan, "")).toMatchObject({ options: { out: undefined, limit: 5, json: false } });
  });

  it.each([
    ['Unknown option --ouut. Did you mean "--out"?', plan, "--ouut x"],
    ["Option '--out <value>' argument missing.", plan, "--out"],
    ["Option '--json' does not take an argument.", plan, "--json=yes"],
    ['--limit is "10"; it must be a whole number from 1 to 9.', plan, "--limit 10"],
    ['--limit is "1.5"; it must be a whole number from 1 to 9.', plan, "--limit 1.5"],
    ["Missing option --plans <folder>.", apply, ""],
    ["Unknown option --json.", system, "release canary live --json"],
  ])("are rejected with a message: %s", (message, command, args) => {
    expect(() => read(command, args)).toThrow(new UsageError(message));
  });
});

describe("arguments", () => {
  it.each([
    ['Unexpected argument "vpc".', doctor, "dev vpc"],
    ["Missing argument <stage>.", system, "release canary"],
    ['Unexpected argument "2".', system, "release canary live 1 2"],
    ['system has no command "relaese". Did you mean "release"?', system, "relaese"],
    ['release has no command or environment "canry". Did you mean "canary"?', system, "release canry live"],
    ["Missing command: canary.", system, "release dev"],
  ])("are rejected with a message: %s", (message, command, args) => {
    expect(() => read(command, args)).toThrow(new UsageError(message));
  });
});

describe("help", () => {
  it("is that of the named command", () => {
    expect(read(plan, "dev --help")).toEqual(["plan"]);
    expect(read(system, "release canary -h")).toEqual(["system", "release", "canary"]);
    expect(read(system, "release dev --help")).toEqual(["system", "release"]);
  });

  it("is the default of a group without an environment", () => {
    expect(read(system, "")).toEqual(["system"]);
  });
});

describe("the command line of another program", () => {
  it("is not interpreted", () => {
    const args = ["terraform", "plan", "--help", "-chdir=x"];
    expect(read(local, args.join(" "))).toMatchObject({ passthrough: args });
  });

  it("begins with a program", () => {
    expect(read(local, "--help")).toEqual(["local"]);
    expect(() => read(local, "")).toThrow(new UsageError("Missing argument <command>."));
    expect(() => read(local, "--json terraform")).toThrow(new UsageError("Unknown option --json."));
  });
});

describe("what is refused on a command line", () => {
  const password = defineCommand({
    name: "password",
    summary: "Sets a password",
    arguments: { name: { description: "user" } },
    refused: { options: ["password", "p"], reason: "Not on the command line." },
    examples,
    run,
  });
  const user = defineGroup({ name: "user", summary: "Users", environment: true, examples, subcommands: [password] });

  it.each([
    ["password", "ann", "--password", "secret"],
    ["password", "ann", "--password=secret"],
    ["--password", "secret", "password", "ann"],
    ["password", "--password", "ann"],
    ["password", "ann", "-p", "secret"],
    ["password", "ann", "-psecret"],
    ["local", "password", "ann", "secret"],
  ])("gives the reason without the value: %s %s %s %s", (...args) => {
    expect(() => parseInvocation(user, args, {})).toThrow(new UsageError("Not on the command line."));
  });
});
