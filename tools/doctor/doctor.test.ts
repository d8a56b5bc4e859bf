import { describe, expect, it } from "vitest";
import type { Environment } from "../../stacks/environment/environment.ts";
import { environment } from "../../stacks/environment/environments.ts";
import { SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import type { Account } from "./account.ts";
import { delegationNotice, isDelegated } from "./delegation.ts";
import { diagnose, diagnoseMachine, type Patient } from "./diagnose.ts";
import { type Line, render, summary } from "./finding.ts";
import type { Machine } from "./machine.ts";

const ACCOUNT = "123456789012";
const DEV = environment("dev", { accountId: ACCOUNT });
const ARN = `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/1`;

const machine: Machine = {
  output: async (program) => ({ node: "v24.1.0", npm: "11.0.0", terraform: '{"terraform_version":"1.11.4"}' })[program],
  freeBytes: async () => 9 * 1024 ** 3,
  canListen: async () => true,
};

/** An account in which everything is as it should be before the first deployment. */
const account: Account = {
  identity: async () => ({ account: ACCOUNT, arn: "arn:aws:iam::123456789012:user/you" }),
  regionStatus: async () => "opt-in-not-required",
  zones: async () => ["us-east-1a", "us-east-1b", "us-east-1c"],
  elasticIps: async () => [],
  vpcs: async () => [{ ours: false }],
  databases: async () => [],
  quota: async () => 5,
  concurrency: async () => 1000,
  bucketOwner: async () => "nobody",
  identityProvider: async () => undefined,
  hostedZone: async () => undefined,
  certificates: async () => [],
  certificate: async () => ({ domain: "sum.example.com", status: "ISSUED" }),
};

const states = {
  bucket: "nv-demo-dev-state",
  exists: async () => true,
  locks: async () => [],
  leftBehind: async () => [],
};
const stacks = new SynthesizedStacks({
  delivery: { resource: { aws_iam_openid_connect_provider: { Github: {} } } },
  vpc: {
    resource: { aws_vpc: { It: {} }, aws_eip: { A: {}, B: {}, C: {} }, aws_s3_bucket: { Logs: { bucket: "logs" } } },
  },
});

async function all(lines: AsyncIterable<Line>): Promise<Line[]> {
  const found: Line[] = [];
  for await (const line of lines) found.push(line);
  return found;
}

interface Changes {
  readonly account?: Partial<Account>;
  readonly environment?: Partial<Environment>;
  readonly states?: Partial<typeof states>;
  readonly dns?: readonly string[];
}

/** What is found where all is well but for the changes; only the lines that are not. */
async function troubles(changes: Changes): Promise<Line[]> {
  const patient: Patient = {
    environment: { ...DEV, ...changes.environment },
    stacks,
    aws: { account: { ...account, ...changes.account }, states: { ...states, ...changes.states } },
    nameServers: async () => changes.dns ?? [],
  };
  return (await all(diagnose(patient))).filter(({ status }) => status !== "ok");
}

it("has nothing to say of an account where all is well", async () => {
  expect(await troubles({})).toEqual([]);
});

describe("an account", () => {
  const cases: [string, Changes, Partial<Line>][] = [
    [
      "without credentials",
      { account: { identity: () => Promise.reject(new Error("The token has expired")) } },
      { check: "credentials", status: "fail", says: "The token has expired" },
    ],
    [
      "that is another",
      { account: { identity: async () => ({ account: "1", arn: "arn" }) } },
      { check: "credentials", status: "fail", todo: expect.stringContaining(ACCOUNT) },
    ],
    [
      "whose region is off",
      { account: { regionStatus: async () => "not-opted-in" } },
      { check: "region", status: "fail" },
    ],
    [
      "whose region does not exist",
      { account: { regionStatus: async () => undefined } },
      { check: "region", status: "fail" },
    ],
    [
      "that lacks a zone",
      { account: { zones: async () => ["us-east-1a", "us-east-1b"] } },
      { check: "zones", status: "fail", says: "the account has no us-east-1c" },
    ],
    ["that is new", { account: { concurrency: async () => 10 } }, { check: "Lambda concurrency", status: "warn" }],
    [
      "that cannot reserve what it should",
      { account: { concurrency: async () => 150 }, environment: { api: { ...DEV.api, reservedConcurrency: 100 } } },
      { check: "Lambda concurrency", status: "fail", says: expect.stringContaining("200 are needed") },
    ],
    [
      "whose addresses others use",
      { account: { elasticIps: async () => [{ ours: false }, { ours: false }, { ours: false }] } },
      { check: "Elastic IP addresses", status: "fail", todo: expect.stringContaining("--desired-value 6") },
    ],
    [
      "that may not be asked",
      { account: { vpcs: () => Promise.reject(new Error("You are not authorized. Encoded message: x")) } },
      { check: "VPCs", status: "not checked", says: "You are not authorized." },
    ],
    [
      "whose names are taken",
      { account: { bucketOwner: async () => "other-account" } },
      { check: "bucket names", status: "fail", todo: expect.stringContaining("bucketSuffix") },
    ],
    [
      "whose bucket is elsewhere",
      { account: { bucketOwner: async () => "other-region" } },
      { check: "bucket names", status: "fail" },
    ],
    [
      "that trusts GitHub already",
      { account: { identityProvider: async () => ({ ours: false }) } },
      { check: "GitHub's tokens", status: "fail", todo: expect.stringContaining("terraform import") },
    ],
    ["without a state bucket", { states: { exists: async () => false } }, { check: "state bucket", status: "warn" }],
    [
      "with a certificate that failed",
      {
        account: { certificate: async () => ({ domain: "sum.example.com", status: "EXPIRED" }) },
        environment: { parts: ["sum"], sum: { ...DEV.sum, certificateArn: ARN } },
      },
      { check: "certificate of sum", status: "fail", says: "sum.example.com is EXPIRED" },
    ],
  ];

  it.each(cases)("%s", async (_, changes, line) => {
    expect((await troubles(changes))[0]).toMatchObject(line);
  });

  it("counts what is already ours as room that is there", async () => {
    const ours = [{ ours: true }, { ours: true }, { ours: true }, { ours: false }, { ours: false }];
    expect(await troubles({ account: { elasticIps: async () => ours } })).toEqual([]);
  });

  it("is not asked on with credentials that do not fit", async () => {
    const found = await troubles({ account: { identity: async () => ({ account: "1", arn: "arn" }) } });
    expect(found.slice(1).every(({ status }) => status === "not checked")).toBe(true);
    expect(found.length).toBeGreaterThan(5);
  });

  it("names who holds a lock, and how to take it away", async () => {
    const held = { stack: "vpc", who: "you@host", operation: "OperationTypeApply", since: "2026-11-21", id: "abc" };
    expect(await troubles({ states: { locks: async () => [held] as never } })).toMatchObject([
      {
        status: "warn",
        says: expect.stringMatching(/vpc.*you@host.*2026-11-21/),
        todo: expect.stringContaining("unlock vpc abc"),
      },
    ]);
  });

  it("names what a part left behind when it went, and how to take it away", async () => {
    const left = { stack: "shout", resources: 30 };
    expect(await troubles({ states: { leftBehind: async () => [left] as never } })).toMatchObject([
      { status: "warn", says: expect.stringMatching(/shout.*30/), todo: expect.stringContaining("destroy shout") },
    ]);
  });

  it("that cannot be reached is said to be", async () => {
    const lines = await all(
      diagnose({ environment: DEV, stacks, aws: { unreachable: "none runs" }, nameServers: async () => [] }),
    );
    expect(lines).toEqual([{ check: "AWS", status: "not checked", says: "none runs" }]);
  });
});

describe("a domain", () => {
  const domain = { domain: "files.example.com" };
  const zone = { hostedZone: async () => ({ nameServers: ["ns-1.awsdns.com", "ns-2.awsdns.net"] }) };

  it("has no zone before the first deployment", async () => {
    expect(await troubles({ environment: domain })).toMatchObject([{ check: "domain", status: "warn" }]);
  });

  it("is told at the registrar", async () => {
    for (const dns of [[], ["ns1.registrar.example"]]) {
      expect(await troubles({ environment: domain, account: zone, dns })).toMatchObject([
        { check: "domain", status: "fail", todo: expect.stringContaining("ns-1.awsdns.com, ns-2.awsdns.net") },
      ]);
    }
    expect(
      await troubles({ environment: domain, account: zone, dns: ["NS-2.awsdns.net.", "ns-1.awsdns.com"] }),
    ).toEqual([]);
  });

  it("waits for the certificates of its names, and of no others", async () => {
    const certificates = async () => [
      { domain: "hello.files.example.com", status: "PENDING_VALIDATION" },
      { domain: "files.example.com", status: "ISSUED" },
      { domain: "otherfiles.example.com", status: "FAILED" },
    ];
    const dns = ["ns-1.awsdns.com", "ns-2.awsdns.net"];
    expect(await troubles({ environment: domain, account: { ...zone, certificates }, dns })).toMatchObject([
      { check: "certificates", status: "warn", says: "hello.files.example.com waits for its proof" },
    ]);
  });

  it("is printed with its servers after the deployment", () => {
    expect(delegationNotice("files.example.com", ["b.example", "a.example"])).toBe(
      [
        "At the registrar of files.example.com, name these servers: a.example, b.example. As records of the zone above it:",
        "  files.example.com.  NS  a.example.",
        "  files.example.com.  NS  b.example.",
      ].join("\n"),
    );
    expect(delegationNotice(undefined, [])).toBeUndefined();
    expect(isDelegated(["a"], ["a", "b"])).toBe(false);
  });
});

describe("a machine", () => {
  const found = async (changes: Partial<Machine>, data = DEV) =>
    (await all(diagnoseMachine({ ...machine, ...changes }, "/data", data))).filter(({ status }) => status !== "ok");

  it("that has everything is well", async () => {
    expect(await found({})).toEqual([]);
  });

  it("is told what it lacks", async () => {
    expect(
      await found({ output: async () => undefined, freeBytes: async () => 1, canListen: async () => false }),
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
  ])("with Terraform %s has %i faults", async (version, faults) => {
    const output = async (program: string, args: readonly string[]) =>
      program === "terraform" ? JSON.stringify({ terraform_version: version }) : machine.output(program, args);
    expect(await found({ output })).toHaveLength(faults);
  });

  it("needs Docker only where it builds images for AWS", async () => {
    expect(await found({}, { ...DEV, parts: ["sum"] })).toMatchObject([{ check: "Docker", status: "warn" }]);
    expect(await found({}, environment("local"))).toEqual([]);
  });
});

it("renders a finding with what to do below it, and counts them", () => {
  const lines: Line[] = [
    { check: "a", status: "ok", says: "fine" },
    { check: "b", status: "fail", says: "bad", todo: "repair it" },
    { check: "c", status: "not checked", says: "cannot" },
  ];
  expect(lines.map(render)).toEqual(["✓ a: fine", "✗ b: bad\n    → repair it", "– c: not checked: cannot"]);
  expect(summary(lines)).toBe("1 ok, 0 to look at, 1 to repair, 1 not checked");
});
