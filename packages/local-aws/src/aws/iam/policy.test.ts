import { describe, expect, it } from "vitest";
import { isAllowed, wildcard } from "./policy.ts";

const policy = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const readObjects = policy({ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::files/*" });

describe("isAllowed", () => {
  it("denies what nothing allows", () => {
    expect(isAllowed([], "s3:GetObject", "arn:aws:s3:::files/a")).toBe(false);
    expect(isAllowed([readObjects], "s3:PutObject", "arn:aws:s3:::files/a")).toBe(false);
    expect(isAllowed([readObjects], "s3:GetObject", "arn:aws:s3:::other/a")).toBe(false);
  });

  it("allows by action and resource, actions without regard to case", () => {
    expect(isAllowed([readObjects], "S3:getobject", "arn:aws:s3:::files/a/b")).toBe(true);
  });

  it("lets an explicit deny win over every allow", () => {
    const deny = policy({ Effect: "Deny", Action: "s3:*", Resource: "arn:aws:s3:::files/secret/*" });
    expect(isAllowed([readObjects, deny], "s3:GetObject", "arn:aws:s3:::files/secret/key")).toBe(false);
    expect(isAllowed([readObjects, deny], "s3:GetObject", "arn:aws:s3:::files/open")).toBe(true);
  });

  it("does not apply a deny that depends on a condition", () => {
    const tlsOnly = policy({
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
    expect(isAllowed([readObjects, tlsOnly], "s3:GetObject", "arn:aws:s3:::files/a")).toBe(true);
  });

  it("understands NotAction and NotResource", () => {
    const rest = policy({ Effect: "Allow", NotAction: "iam:*", NotResource: "arn:aws:s3:::locked" });
    expect(isAllowed([rest], "s3:ListBucket", "arn:aws:s3:::open")).toBe(true);
    expect(isAllowed([rest], "iam:CreateUser", "arn:aws:s3:::open")).toBe(false);
    expect(isAllowed([rest], "s3:ListBucket", "arn:aws:s3:::locked")).toBe(false);
  });
});

describe("wildcard", () => {
  it("takes everything but * and ? literally", () => {
    expect(wildcard("a.c", "abc")).toBe(false);
    expect(wildcard("a?c", "abc")).toBe(true);
    expect(wildcard("a*", "a\nb")).toBe(true);
    expect(wildcard("(a)+[b]", "(a)+[b]")).toBe(true);
  });
});
