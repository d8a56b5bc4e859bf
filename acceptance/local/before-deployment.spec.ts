import { describe, expect, inject, it } from "vitest";
import { command } from "../support/command.ts";

const { kind, dataDirectory } = inject("target");

/** A command of the README, on the local deployment where it needs one. */
const npm = (name: string, args: readonly string[], variables: NodeJS.ProcessEnv = {}) =>
  command("npm", ["run", "--silent", name, "--", ...args], {
    NV_DEMO_ENVIRONMENT: "",
    NV_DEMO_ACCOUNT_ID: "",
    ...(kind === "local" && { NV_DEMO_DATA: dataDirectory }),
    ...variables,
  });

interface Line {
  readonly check: string;
  readonly status: string;
  readonly says: string;
}

it.skipIf(kind !== "local")(
  "npm run doctor finds the running deployment well, and names what cannot be looked at here",
  async () => {
    const { code, stdout, output } = await npm("doctor", ["local", "--json"]);
    expect(code, output).toBe(0);
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Line);
    const found = new Map(lines.map((line) => [line.check, line]));
    for (const check of [
      "Node.js",
      "Terraform",
      "credentials",
      "bucket names",
      "state bucket",
      "state locks",
      "orphaned stacks",
    ]) {
      expect(found.get(check)?.status, check).toBe("ok");
    }
    expect(found.get("VPCs")).toMatchObject({
      status: "not checked",
      says: "The local AWS does not implement ec2:DescribeVpcs.",
    });
  },
);

it.skipIf(kind !== "local")("npm run doctor finds what stays when an environment loses a part", async () => {
  const { code, stdout } = await npm("doctor", ["local", "--json"], {
    NV_DEMO_PARTS: "alarms,cache,hello,releases,sum",
  });
  expect(code).toBe(0);
  const lines = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
  expect(lines.filter(({ check }) => check === "orphaned stacks")).toMatchObject([
    { status: "warn", says: expect.stringContaining("shout is no longer part of the environment") },
  ]);
});

it("npm run doctor says where to name the account of an environment that has none", async () => {
  const { code, stdout } = await npm("doctor", ["prod"]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/✗ account: prod has none\n {4}→ .*stacks\/environments\.ts/);
});

describe("npm run cost", () => {
  it("sums an idle month of development, within its budget", async () => {
    const { code, stdout, output } = await npm("cost", ["dev", "--json"]);
    expect(code, output).toBe(0);
    const { budget, month } = JSON.parse(stdout) as { budget: number; month: { usd: number } };
    expect(budget).toBe(25);
    expect(month.usd).toBeGreaterThan(10);
    expect(month.usd).toBeLessThanOrEqual(budget);
  });

  it("knows no other names than those of environments", async () => {
    const { code, output } = await npm("cost", ["staging"]);
    expect(output).toContain('There is no environment "staging". There are local, dev, prod.');
    expect(code).toBe(2);
  });
});

it("npm run tool -- diff-env shows in what two environments differ", async () => {
  const { code, stdout } = await npm("tool", ["diff-env", "dev", "prod"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^database\.multiAz +false +true$/m);
  expect((await npm("tool", ["diff-env", "dev"])).code).toBe(2);
});
