import { expect, test } from "vitest";
import { allowsService } from "./resource-policy.ts";

const REQUEST = {
  principal: "s3.amazonaws.com",
  sourceArn: "arn:aws:s3:::files",
  action: "sqs:SendMessage",
  resource: "arn:aws:sqs:us-east-1:000000000000:work",
};

const ALLOW = { Effect: "Allow", Principal: { Service: "s3.amazonaws.com" }, Action: "sqs:*", Resource: "*" };

function allows(...statements: readonly object[]): boolean {
  return allowsService(JSON.stringify({ Statement: statements }), REQUEST);
}

test.each([
  ["no policy at all", false, []],
  ["an allow for the service", true, [ALLOW]],
  ["an allow for everybody", true, [{ ...ALLOW, Principal: "*" }]],
  ["an allow for another service", false, [{ ...ALLOW, Principal: { Service: ["sns.amazonaws.com"] } }]],
  ["an allow for another action", false, [{ ...ALLOW, Action: ["sqs:ReceiveMessage"] }]],
  ["an allow on another queue", false, [{ ...ALLOW, Resource: `${REQUEST.resource}-other` }]],
  ["a deny beside the allow", false, [ALLOW, { ...ALLOW, Effect: "Deny" }]],
  [
    "a deny of plain HTTP only",
    true,
    [ALLOW, { ...ALLOW, Effect: "Deny", Principal: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } }],
  ],
  ["the account", true, [{ ...ALLOW, Condition: { StringEquals: { "aws:SourceAccount": ["000000000000"] } } }]],
  ["another account", false, [{ ...ALLOW, Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } } }]],
  ["the source by pattern", true, [{ ...ALLOW, Condition: { ArnLike: { "AWS:SourceArn": "arn:aws:s3:*:*:fil*" } } }]],
  ["a condition that cannot be evaluated", false, [{ ...ALLOW, Condition: { IpAddress: { "aws:SourceIp": "::/0" } } }]],
])("%s: %s", (_what, expected, statements) => {
  expect(allows(...statements)).toBe(expected);
});
