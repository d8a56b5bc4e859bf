import { describe, expect, it } from "vitest";
import { denyPlainHttp, policyDocument, serviceTrust } from "./policy.ts";

describe("a policy document", () => {
  it("is IAM's JSON, a list of one without its brackets", () => {
    const json = policyDocument([
      {
        sid: "ReadFiles",
        actions: ["s3:GetObject", "s3:ListBucket"],
        resources: ["arn:aws:s3:::files/*"],
        conditions: { StringEquals: { "aws:SourceAccount": "123456789012" } },
      },
    ]);
    expect(JSON.parse(json)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "ReadFiles",
          Effect: "Allow",
          Action: ["s3:GetObject", "s3:ListBucket"],
          Resource: "arn:aws:s3:::files/*",
          Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
        },
      ],
    });
  });

  it("escapes IAM's own variables for Terraform, and leaves references alone", () => {
    const resources = ["arn:aws:s3:::files/${aws:username}/*", "${TfToken[TOKEN.0]}/*"];
    const json = policyDocument([{ sid: "Own", actions: ["s3:GetObject"], resources }]);
    expect(json).toContain('"arn:aws:s3:::files/$${aws:username}/*"');
    expect(json).toContain('"${TfToken[TOKEN.0]}/*"');
  });

  it("names who: a service, an account, or everybody", () => {
    const statement = { sid: "Who", actions: ["sqs:SendMessage"], resources: ["*"] };
    const who = [{ service: "s3.amazonaws.com" }, { aws: "arn:aws:iam::123456789012:root" }, "*"] as const;
    const { Statement } = JSON.parse(policyDocument(who.map((principals) => ({ ...statement, principals }))));
    expect(Statement.map(({ Principal }: { Principal: unknown }) => Principal)).toEqual([
      { Service: "s3.amazonaws.com" },
      { AWS: "arn:aws:iam::123456789012:root" },
      { AWS: "*" },
    ]);
  });

  it("refuses plain HTTP to everybody", () => {
    expect(JSON.parse(policyDocument([denyPlainHttp("sqs", ["arn:aws:sqs:us-east-1:1:q"])])).Statement).toEqual([
      {
        Sid: "DenyPlainHttp",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: "sqs:*",
        Resource: "arn:aws:sqs:us-east-1:1:q",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });
});

it("trusts a service, on behalf of one account where that is asked", () => {
  expect(JSON.parse(serviceTrust("lambda.amazonaws.com")).Statement).toEqual([
    { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } },
  ]);
  expect(JSON.parse(serviceTrust("monitoring.rds.amazonaws.com", "123456789012")).Statement[0].Condition).toEqual({
    StringEquals: { "aws:SourceAccount": "123456789012" },
  });
});
