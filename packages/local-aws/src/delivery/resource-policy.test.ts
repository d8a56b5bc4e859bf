import { expect, it } from "vitest";
import { ACCOUNT_ID, arn } from "../runtime/account.ts";
import { allowsService } from "./resource-policy.ts";

const REQUEST = {
  principal: "s3.amazonaws.com",
  sourceArn: "arn:aws:s3:::files",
  action: "sqs:SendMessage",
  resource: arn("sqs", "work"),
};

const ALLOW = { Effect: "Allow", Principal: { Service: "s3.amazonaws.com" }, Action: "sqs:*", Resource: "*" };

function allows(...statements: readonly object[]): boolean {
  return allowsService(JSON.stringify({ Statement: statements }), REQUEST);
}

it.each([
  ["an empty policy", false, []],
  ["an allow for the service", true, [ALLOW]],
  ["an allow for everyone", true, [{ ...ALLOW, Principal: "*" }]],
  ["an allow for another service", false, [{ ...ALLOW, Principal: { Service: ["sns.amazonaws.com"] } }]],
  ["an allow for another action", false, [{ ...ALLOW, Action: ["sqs:ReceiveMessage"] }]],
  ["an allow on another queue", false, [{ ...ALLOW, Resource: `${REQUEST.resource}-other` }]],
  ["a deny in addition to the allow", false, [ALLOW, { ...ALLOW, Effect: "Deny" }]],
  [
    "a deny for unencrypted requests only",
    true,
    [ALLOW, { ...ALLOW, Effect: "Deny", Principal: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } }],
  ],
  [
    "a condition on the account",
    true,
    [{ ...ALLOW, Condition: { StringEquals: { "aws:SourceAccount": [ACCOUNT_ID] } } }],
  ],
  [
    "a condition on another account",
    false,
    [{ ...ALLOW, Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } } }],
  ],
  [
    "a condition on the source by pattern",
    true,
    [{ ...ALLOW, Condition: { ArnLike: { "AWS:SourceArn": "arn:aws:s3:*:*:fil*" } } }],
  ],
  ["a condition that cannot be evaluated", false, [{ ...ALLOW, Condition: { IpAddress: { "aws:SourceIp": "::/0" } } }]],
])("%s: %s", (_title, expected, statements) => {
  expect(allows(...statements)).toBe(expected);
});
