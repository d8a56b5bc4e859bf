import { describe, expect, it } from "vitest";
import { denyPlainHttp, policyDocument, serviceTrust } from "./policy.ts";

describe("policyDocument", () => {
  it("renders the JSON of IAM, with a list of one element as a string", () => {
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

  it("escapes IAM policy variables and keeps references", () => {
    const resources = ["arn:aws:s3:::files/${aws:username}/*", "${TfToken[TOKEN.0]}/*"];
    const json = policyDocument([{ sid: "Own", actions: ["s3:GetObject"], resources }]);
    expect(json).toContain('"arn:aws:s3:::files/$${aws:username}/*"');
    expect(json).toContain('"${TfToken[TOKEN.0]}/*"');
  });

  it("renders a service, an account or everyone as the principal", () => {
    const statement = { sid: "Send", actions: ["sqs:SendMessage"], resources: ["*"] };
    const all = [{ service: "s3.amazonaws.com" }, { aws: "arn:aws:iam::123456789012:root" }, "*"] as const;
    const { Statement } = JSON.parse(policyDocument(all.map((principals) => ({ ...statement, principals }))));
    expect(Statement.map(({ Principal }: { Principal: unknown }) => Principal)).toEqual([
      { Service: "s3.amazonaws.com" },
      { AWS: "arn:aws:iam::123456789012:root" },
      { AWS: "*" },
    ]);
  });

  it("denies plain HTTP for every principal", () => {
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

it("trusts a service, optionally for one source account only", () => {
  expect(JSON.parse(serviceTrust("lambda.amazonaws.com")).Statement).toEqual([
    { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } },
  ]);
  expect(JSON.parse(serviceTrust("monitoring.rds.amazonaws.com", "123456789012")).Statement[0].Condition).toEqual({
    StringEquals: { "aws:SourceAccount": "123456789012" },
  });
});
