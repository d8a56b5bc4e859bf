import { describe, expect, it } from "vitest";
import { differences, formOf, readState } from "./states.ts";

describe("formOf", () => {
  it.each([
    [null, "absent"],
    ["", "absent"],
    [[], "absent"],
    [false, "absent"],
    [0, "absent"],
    [5432, "number"],
    ["nv-demo", "text"],
    ["vpc-0123456789abcdef0", "vpc-…"],
    ["nacl-2914638125", "nacl-…"],
    [["subnet-0123456789abcdef0"], "list of subnet-…"],
    ["arn:aws:ec2:us-east-1:123456789012:vpc/vpc-0123456789abcdef0", "arn:aws:ec2:us-east-1:…:vpc/…"],
    ["arn:aws:rds:us-east-1:000000000000:db:nv-demo-postgres", "arn:aws:rds:us-east-1:…:db/…"],
    ["arn:aws:s3:::nv-demo-storage", "arn:aws:s3:::…"],
    ["arn:aws:s3:::nv-demo-storage/a/b", "arn:aws:s3:::…"],
    ["arn:aws:execute-api:us-east-1:000000000000:a1b2c3/live/*", "arn:aws:execute-api:us-east-1:…:…"],
    ["arn:aws:sns:us-east-1:000000000000:nv-demo-alarms", "arn:aws:sns:us-east-1:…:…"],
    ["arn:aws:sns:us-east-1:000000000000:nv-demo-alarms:0f1e2d3c-0000", "arn:aws:sns:us-east-1:…:…"],
  ])("returns the form of %j: %s", (value, form) => {
    expect(formOf(value)).toBe(form);
  });
});

const state = (values: Record<string, unknown>) => new Map([["aws_vpc.Main", { type: "aws_vpc", values }]]);

describe("differences", () => {
  it("ignores account IDs, generated names, and resources of only one state", () => {
    const real = state({ id: "vpc-0123456789abcdef0", arn: "arn:aws:ec2:us-east-1:123456789012:vpc/vpc-1", note: "" });
    const local = state({ id: "vpc-fedcba98765432100", arn: "arn:aws:ec2:us-east-1:000000000000:vpc/vpc-2" });
    expect(differences(real, local)).toEqual([]);
    expect(differences(new Map(), local)).toEqual([]);
  });

  it("finds an ID of another type and a missing value", () => {
    const different = differences(
      state({ id: "vpc-0123456789abcdef0", owner: "123" }),
      state({ id: "main", owner: null }),
    );
    expect(different.map(({ attribute, real, local }) => [attribute, real, local])).toEqual([
      ["id", "vpc-…", "text"],
      ["owner", "text", "absent"],
    ]);
  });
});

it("reads the managed resources of a state, and none from an empty state", () => {
  const resources = [
    { address: "aws_vpc.Main", mode: "managed", type: "aws_vpc", values: { id: "vpc-1" } },
    { address: "data.aws_region.Here", mode: "data", type: "aws_region", values: {} },
  ];
  const shown = { type: "", values: { root_module: { resources } } };
  expect([...readState({ code: 0, events: [shown], text: "", output: "" }).keys()]).toEqual(["aws_vpc.Main"]);
  expect(readState({ code: 0, events: [{ type: "" }], text: "", output: "" }).size).toBe(0);
});
