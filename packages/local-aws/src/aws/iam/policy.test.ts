import { describe, expect, it } from "vitest";
import { isAllowed } from "./policy.ts";

const policy = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const readObjects = policy({ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::files/*" });

describe("isAllowed", () => {
  it("denies a request that no statement allows", () => {
    expect(isAllowed([], "s3:GetObject", "arn:aws:s3:::files/a")).toBe(false);
    expect(isAllowed([readObjects], "s3:PutObject", "arn:aws:s3:::files/a")).toBe(false);
    expect(isAllowed([readObjects], "s3:GetObject", "arn:aws:s3:::other/a")).toBe(false);
  });

  it("allows by action and resource, and ignores the case of actions", () => {
    expect(isAllowed([readObjects], "S3:getobject", "arn:aws:s3:::files/a/b")).toBe(true);
  });

  it("denies when an explicit deny matches, despite an allow", () => {
    const deny = policy({ Effect: "Deny", Action: "s3:*", Resource: "arn:aws:s3:::files/secret/*" });
    expect(isAllowed([readObjects, deny], "s3:GetObject", "arn:aws:s3:::files/secret/key")).toBe(false);
    expect(isAllowed([readObjects, deny], "s3:GetObject", "arn:aws:s3:::files/public")).toBe(true);
  });

  it("ignores a deny with a condition", () => {
    const tlsOnly = policy({
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
    expect(isAllowed([readObjects, tlsOnly], "s3:GetObject", "arn:aws:s3:::files/a")).toBe(true);
  });

  it("evaluates conditions on the keys of the context, and treats others as before", () => {
    const condition = (Effect: string, Condition: object) => policy({ Effect, Action: "*", Resource: "*", Condition });
    const isMet = (Condition: object, context: Record<string, string[]>) =>
      isAllowed([condition("Allow", Condition)], "s3:GetObject", "*", context);
    expect(isMet({ StringEquals: { "S3:prefix": "a" } }, { "s3:Prefix": ["a"] })).toBe(true);
    expect(isMet({ StringEquals: { "s3:prefix": "a" } }, { "s3:prefix": ["b"] })).toBe(false);
    expect(isMet({ StringEquals: { "s3:prefix": "a" } }, {})).toBe(true);
    const deny = condition("Deny", { StringEquals: { "s3:prefix": "a", "aws:SourceVpc": "vpc" } });
    const context = { "s3:prefix": ["a"] };
    expect(isAllowed([readObjects, deny], "s3:GetObject", "arn:aws:s3:::files/a", context)).toBe(true);
    const denyPrefix = condition("Deny", { StringEquals: { "s3:prefix": "a" } });
    expect(isAllowed([readObjects, denyPrefix], "s3:GetObject", "arn:aws:s3:::files/a", context)).toBe(false);
    expect(isAllowed([readObjects, denyPrefix], "s3:GetObject", "arn:aws:s3:::files/a", { "s3:prefix": [] })).toBe(
      true,
    );
  });

  it("supports NotAction and NotResource", () => {
    const allowOthers = policy({ Effect: "Allow", NotAction: "iam:*", NotResource: "arn:aws:s3:::private" });
    expect(isAllowed([allowOthers], "s3:ListBucket", "arn:aws:s3:::public")).toBe(true);
    expect(isAllowed([allowOthers], "iam:CreateUser", "arn:aws:s3:::public")).toBe(false);
    expect(isAllowed([allowOthers], "s3:ListBucket", "arn:aws:s3:::private")).toBe(false);
  });
});
