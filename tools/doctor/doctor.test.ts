import { describe, expect, it } from "vitest";
import type { Environment } from "../../stacks/environment/environment.ts";
import { environment } from "../../stacks/environment/environments.ts";
import { SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import type { Account } from "./account.ts";
import { diagnose, diagnoseMachine } from "./diagnose.ts";
import type { DoctorContext } from "./doctor-context.ts";
import { type CheckResult, render, summary } from "./finding.ts";
import type { Machine } from "./machine-checks.ts";

const ACCOUNT = "123456789012";
const DEV = environment("dev", { accountId: ACCOUNT });
const ARN = `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/1`;

const machine: Machine = {
  output: async (program) => ({ node: "v24.1.0", npm: "11.0.0", terraform: '{"terraform_version":"1.11.4"}' })[program],
  freeBytes: async () => 9 * 1024 ** 3,
  canListen: async () => true,
};

/** An account that is ready for the first deployment. */
const account: Account = {
  identity: async () => ({ account: ACCOUNT, arn: "arn:aws:iam::123456789012:user/you" }),
  regionStatus: async () => "opt-in-not-required",
  zones: async () => ["us-east-1a", "us-east-1b", "us-east-1c"],
  elasticIps: async () => [],
  vpcs: async () => [{ ours: false }],
  databases: async () => [],
  quota: async () => 5,
  concurrency: async () => 1000,
  bucketOwner: async () => "none",
  identityProvider: async () => undefined,
  hostedZone: async () => undefined,
  certificates: async () => [],
  certificate: async () => ({ domain: "sum.example.com", status: "ISSUED" }),
  alarmRecipients: async () => undefined,
};

const states = {
  bucket: "nv-demo-dev-state",
  exists: async () => true,
  locks: async () => [],
  orphanedStacks: async () => [],
};
const stacks = new SynthesizedStacks({
  delivery: { resource: { aws_iam_openid_connect_provider: { Github: {} } } },
  vpc: {
    resource: { aws_vpc: { It: {} }, aws_eip: { A: {}, B: {}, C: {} }, aws_s3_bucket: { Logs: { bucket: "logs" } } },
  },
});

async function collect(results: AsyncIterable<CheckResult>): Promise<CheckResult[]> {
  const collected: CheckResult[] = [];
  for await (const result of results) collected.push(result);
  return collected;
}

interface Overrides {
  readonly account?: Partial<Account>;
  readonly environment?: Partial<Environment>;
  readonly states?: Partial<typeof states>;
  readonly dns?: readonly string[];
}

/** The results other than "ok" for an account without problems, with overrides. */
async function findProblems(overrides: Overrides): Promise<CheckResult[]> {
  const context: DoctorContext = {
    environment: { ...DEV, ...overrides.environment },
    stacks,
    aws: { account: { ...account, ...overrides.account }, states: { ...states, ...overrides.states } },
    nameServers: async () => overrides.dns ?? [],
  };
  return (await collect(diagnose(context))).filter(({ status }) => status !== "ok");
}

it("finds no problems in an account that is ready", async () => {
  expect(await findProblems({})).toEqual([]);
});

it("accepts any recipient of alarms, and does not print its address", async () => {
  const addresses = { slackWebhookUrl: "https://hooks.slack.com/hidden", pagerDutyRegion: "us" } as const;
  const context: DoctorContext = {
    environment: DEV,
    stacks,
    aws: {
      account: { ...account, alarmRecipients: async () => ({ confirmedEmails: 2, pendingEmails: 0, addresses }) },
      states,
    },
    nameServers: async () => [],
  };
  const results = await collect(diagnose(context));
  expect(results).toContainEqual({ check: "alarms", status: "ok", says: "they reach 2 email addresses, Slack" });
  expect(JSON.stringify(results)).not.toContain("hidden");
});

describe("an account", () => {
  const cases: [string, Overrides, Partial<CheckResult>][] = [
    [
      "missing credentials",
      { account: { identity: () => Promise.reject(new Error("The token has expired")) } },
      { check: "credentials", status: "fail", says: "The token has expired" },
    ],
    [
      "credentials of another account",
      { account: { identity: async () => ({ account: "1", arn: "arn" }) } },
      { check: "credentials", status: "fail", todo: expect.stringContaining(ACCOUNT) },
    ],
    [
      "a region that is not enabled",
      { account: { regionStatus: async () => "not-opted-in" } },
      { check: "region", status: "fail" },
    ],
    [
      "a region that does not exist",
      { account: { regionStatus: async () => undefined } },
      { check: "region", status: "fail" },
    ],
    [
      "a missing availability zone",
      { account: { zones: async () => ["us-east-1a", "us-east-1b"] } },
      { check: "zones", status: "fail", says: "the account has no us-east-1c" },
    ],
    [
      "the concurrency limit of a new account",
      { account: { concurrency: async () => 10 } },
      { check: "Lambda concurrency", status: "warn" },
    ],
    [
      "a concurrency limit too low for the reservation",
      { account: { concurrency: async () => 150 }, environment: { api: { ...DEV.api, reservedConcurrency: 100 } } },
      { check: "Lambda concurrency", status: "fail", says: expect.stringContaining("requires 200") },
    ],
    [
      "an exceeded quota",
      { account: { elasticIps: async () => [{ ours: false }, { ours: false }, { ours: false }] } },
      { check: "Elastic IP addresses", status: "fail", todo: expect.stringContaining("--desired-value 6") },
    ],
    [
      "a query that AWS denies as not checked",
      { account: { vpcs: () => Promise.reject(new Error("You are not authorized. Encoded message: x")) } },
      { check: "VPCs", status: "not checked", says: "You are not authorized." },
    ],
    [
      "alarms that reach nobody",
      {
        account: {
          alarmRecipients: async () => ({ confirmedEmails: 0, pendingEmails: 0, addresses: { pagerDutyRegion: "us" } }),
        },
      },
      { check: "alarms", status: "warn", todo: expect.stringContaining("nv-demo-dev-notifications") },
    ],
    [
      "an email address for alarms that is not confirmed",
      {
        account: {
          alarmRecipients: async () => ({ confirmedEmails: 0, pendingEmails: 1, addresses: { pagerDutyRegion: "us" } }),
        },
      },
      { check: "alarms", status: "warn", says: expect.stringContaining("not confirmed") },
    ],
    [
      "invalid addresses for alarms",
      {
        account: {
          alarmRecipients: async () => ({
            confirmedEmails: 1,
            pendingEmails: 0,
            addresses: { problem: "It is invalid" },
          }),
        },
      },
      { check: "alarms", status: "warn", says: "It is invalid" },
    ],
    [
      "a bucket name that belongs to another account",
      { account: { bucketOwner: async () => "other-account" } },
      { check: "bucket names", status: "fail", todo: expect.stringContaining("bucketSuffix") },
    ],
    [
      "a bucket in another region",
      { account: { bucketOwner: async () => "other-region" } },
      { check: "bucket names", status: "fail" },
    ],
    [
      "an existing identity provider for GitHub",
      { account: { identityProvider: async () => ({ ours: false }) } },
      { check: "GitHub's tokens", status: "fail", todo: expect.stringContaining("terraform import") },
    ],
    ["a missing state bucket", { states: { exists: async () => false } }, { check: "state bucket", status: "warn" }],
    [
      "a certificate that has expired",
      {
        account: { certificate: async () => ({ domain: "sum.example.com", status: "EXPIRED" }) },
        environment: { parts: ["sum"], sum: { ...DEV.sum, certificateArn: ARN } },
      },
      { check: "certificate of sum", status: "fail", says: "sum.example.com is EXPIRED" },
    ],
  ];

  it.each(cases)("reports %s", async (_, overrides, result) => {
    expect((await findProblems(overrides))[0]).toMatchObject(result);
  });

  it("does not count the environment's own resources towards a quota", async () => {
    const ours = [{ ours: true }, { ours: true }, { ours: true }, { ours: false }, { ours: false }];
    expect(await findProblems({ account: { elasticIps: async () => ours } })).toEqual([]);
  });

  it("skips the remaining checks when the credentials belong to another account", async () => {
    const found = await findProblems({ account: { identity: async () => ({ account: "1", arn: "arn" }) } });
    expect(found.slice(1).every(({ status }) => status === "not checked")).toBe(true);
    expect(found.length).toBeGreaterThan(5);
  });

  it("reports who holds a lock and how to remove it", async () => {
    const lock = { stack: "vpc", who: "you@host", operation: "OperationTypeApply", since: "2026-11-21", id: "abc" };
    expect(await findProblems({ states: { locks: async () => [lock] as never } })).toMatchObject([
      {
        status: "warn",
        says: expect.stringMatching(/vpc.*you@host.*2026-11-21/),
        todo: expect.stringContaining("unlock vpc abc"),
      },
    ]);
  });

  it("reports a stack that is no longer part of the environment and how to destroy it", async () => {
    const orphan = { stack: "shout", resources: 30 };
    expect(await findProblems({ states: { orphanedStacks: async () => [orphan] as never } })).toMatchObject([
      { status: "warn", says: expect.stringMatching(/shout.*30/), todo: expect.stringContaining("destroy shout") },
    ]);
  });

  it("reports that the account cannot be reached", async () => {
    const results = await collect(
      diagnose({ environment: DEV, stacks, aws: { unreachable: "none runs" }, nameServers: async () => [] }),
    );
    expect(results).toEqual([{ check: "AWS", status: "not checked", says: "none runs" }]);
  });
});

describe("a domain", () => {
  const domain = { domain: "files.example.com" };
  const zone = { hostedZone: async () => ({ nameServers: ["ns-1.awsdns.com", "ns-2.awsdns.net"] }) };

  it("has no hosted zone before the first deployment", async () => {
    expect(await findProblems({ environment: domain })).toMatchObject([{ check: "domain", status: "warn" }]);
  });

  it("must be delegated to the hosted zone at the registrar", async () => {
    for (const dns of [[], ["ns1.registrar.example"]]) {
      expect(await findProblems({ environment: domain, account: zone, dns })).toMatchObject([
        { check: "domain", status: "fail", todo: expect.stringContaining("ns-1.awsdns.com, ns-2.awsdns.net") },
      ]);
    }
    expect(
      await findProblems({ environment: domain, account: zone, dns: ["NS-2.awsdns.net.", "ns-1.awsdns.com"] }),
    ).toEqual([]);
  });

  it("reports certificates of the domain and its subdomains only", async () => {
    const certificates = async () => [
      { domain: "hello.files.example.com", status: "PENDING_VALIDATION" },
      { domain: "files.example.com", status: "ISSUED" },
      { domain: "otherfiles.example.com", status: "FAILED" },
    ];
    const dns = ["ns-1.awsdns.com", "ns-2.awsdns.net"];
    expect(await findProblems({ environment: domain, account: { ...zone, certificates }, dns })).toMatchObject([
      { check: "certificates", status: "warn", says: "hello.files.example.com is pending validation" },
    ]);
  });
});

describe("a machine", () => {
  const findMachineProblems = async (overrides: Partial<Machine>, data = DEV) =>
    (await collect(diagnoseMachine({ ...machine, ...overrides }, "/data", data))).filter(
      ({ status }) => status !== "ok",
    );

  it("with everything installed has no problems", async () => {
    expect(await findMachineProblems({})).toEqual([]);
  });

  it("reports everything that is missing", async () => {
    expect(
      await findMachineProblems({
        output: async () => undefined,
        freeBytes: async () => 1,
        canListen: async () => false,
      }),
    ).toMatchObject([
      { check: "Node.js", status: "fail" },
      { check: "npm", status: "fail" },
      { check: "Terraform", status: "fail", todo: expect.stringContaining("https://developer.hashicorp.com") },
      { check: "disk", status: "warn" },
      { check: "ports", status: "fail" },
    ]);
  });

  it.each([
    ["1.10.5", 1],
    ["1.11.0", 0],
    ["2.0.0", 0],
    ["0.15.3", 1],
  ])("with Terraform %s has %i problems", async (version, problems) => {
    const output = async (program: string, args: readonly string[]) =>
      program === "terraform" ? JSON.stringify({ terraform_version: version }) : machine.output(program, args);
    expect(await findMachineProblems({ output })).toHaveLength(problems);
  });

  it.each([
    ["aws-cli/2.9.19 Python/3.11.2", ["aws-cli/2.9.19 does not read AWS_ENDPOINT_URL"]],
    ["aws-cli/2.31.4 Python/3.13.7", []],
  ])("warns of an AWS CLI that would send local requests to AWS: %s", async (version, expected) => {
    const output = async (program: string, args: readonly string[]) =>
      program === "aws" ? version : machine.output(program, args);
    const says = async (data: Environment) =>
      (await findMachineProblems({ output }, data)).map((result) => result.says);
    expect(await says(environment("local"))).toEqual(expected);
    expect(await says(DEV)).toEqual([]);
  });

  it("needs Docker only to build images for AWS", async () => {
    expect(await findMachineProblems({}, { ...DEV, parts: ["sum"] })).toMatchObject([
      { check: "Docker", status: "warn" },
    ]);
    expect(await findMachineProblems({}, environment("local"))).toEqual([]);
  });
});

it("renders each result with what to do below it, and a summary", () => {
  const results: CheckResult[] = [
    { check: "a", status: "ok", says: "fine" },
    { check: "b", status: "fail", says: "bad", todo: "fix it" },
    { check: "c", status: "not checked", says: "cannot" },
  ];
  expect(results.map(render)).toEqual(["✓ a: fine", "✗ b: bad\n    → fix it", "– c: not checked: cannot"]);
  expect(summary(results)).toBe("1 ok, 0 to review, 1 to fix, 1 not checked");
});
