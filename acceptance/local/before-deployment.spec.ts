import { describe, expect, it } from "vitest";
import { command } from "../support/command.ts";
import { target } from "../support/target.ts";

const { kind, dataDirectory } = target;

/** Runs an npm script, with the data folder of the local deployment. */
const npm = (name: string, args: readonly string[], variables: NodeJS.ProcessEnv = {}) =>
  command("npm", ["run", "--silent", name, "--", ...args], {
    NV_DEMO_ENVIRONMENT: "",
    NV_DEMO_ACCOUNT_ID: "",
    ...(kind === "local" && { NV_DEMO_DATA: dataDirectory }),
    ...variables,
  });

interface CheckResult {
  readonly check: string;
  readonly status: string;
  readonly says: string;
}

it.skipIf(kind !== "local")(
  "doctor reports a running deployment as ok, and what the local AWS does not implement as not checked",
  async () => {
    const { code, stdout, output } = await npm("doctor", ["local", "--json"]);
    expect(code, output).toBe(0);
    const results = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as CheckResult);
    const byCheck = new Map(results.map((result) => [result.check, result]));
    for (const check of [
      "Node.js",
      "Terraform",
      "credentials",
      "bucket names",
      "state bucket",
      "state locks",
      "orphaned stacks",
    ]) {
      expect(byCheck.get(check)?.status, check).toBe("ok");
    }
    expect(byCheck.get("VPCs")).toMatchObject({
      status: "not checked",
      says: "The local AWS does not implement ec2:DescribeVpcs.",
    });
  },
);

it.skipIf(kind !== "local")("doctor reports an orphaned stack when an environment omits a part", async () => {
  const { code, stdout } = await npm("doctor", ["local", "--json"], {
    NV_DEMO_PARTS: "alarms,cache,hello,releases,sum",
  });
  expect(code).toBe(0);
  const results = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as CheckResult);
  expect(results.filter(({ check }) => check === "orphaned stacks")).toMatchObject([
    { status: "warn", says: expect.stringContaining("shout is no longer part of the environment") },
  ]);
});

it("doctor reports where to set the account of an environment", async () => {
  const { code, stdout } = await npm("doctor", ["prod"]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/✗ account: prod has none\n {4}→ .*stacks\/environment\/environments\.ts/);
});

describe("npm run cost", () => {
  it("computes the idle cost of dev, within its budget", async () => {
    const { code, stdout, output } = await npm("cost", ["dev", "--json"]);
    expect(code, output).toBe(0);
    const { budget, month } = JSON.parse(stdout) as { budget: number; month: { usd: number } };
    expect(budget).toBe(25);
    expect(month.usd).toBeGreaterThan(10);
    expect(month.usd).toBeLessThanOrEqual(budget);
  });

  it("rejects an unknown environment", async () => {
    const { code, output } = await npm("cost", ["staging"]);
    expect(output).toContain('There is no environment "staging". There are local, dev, prod.');
    expect(code).toBe(2);
  });
});

it("diff-env shows the differences between two environments", async () => {
  const { code, stdout } = await npm("tool", ["diff-env", "dev", "prod"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^database\.multiAz +false +true$/m);
  expect((await npm("tool", ["diff-env", "dev"])).code).toBe(2);
});
