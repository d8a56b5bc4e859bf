import { describe, expect, it } from "vitest";
import { parseEventPattern } from "./event-pattern.ts";

const EVENT = {
  source: "aws.s3",
  "detail-type": "Object Created",
  resources: ["arn:aws:s3:::one", "arn:aws:s3:::two"],
  detail: {
    bucket: { name: "one" },
    object: { key: "in/a.PNG", size: 10 },
    tags: [{ name: "x" }, { name: "y" }],
    reason: null,
  },
};

describe("parseEventPattern", () => {
  it.each<[pattern: object, matches: boolean]>([
    [{}, true],
    [{ source: ["aws.s3"] }, true],
    [{ source: ["aws.ec2", "aws.s3"] }, true],
    [{ source: ["aws.ec2"] }, false],
    [{ source: ["aws.s3"], "detail-type": ["Other"] }, false],
    [{ resources: ["arn:aws:s3:::two"] }, true],
    [{ resources: ["arn:aws:s3:::three"] }, false],
    [{ detail: { bucket: { name: ["one"] } } }, true],
    [{ detail: { tags: { name: ["y"] } } }, true],
    [{ detail: { tags: { name: ["z"] } } }, false],
    [{ detail: { reason: [null] } }, true],
    [{ detail: { missing: [null] } }, false],
    [{ detail: { missing: [{ exists: false }] } }, true],
    [{ detail: { reason: [{ exists: false }] } }, false],
    [{ detail: { object: { key: [{ exists: true }] } } }, true],
    [{ detail: { object: { key: [{ prefix: "in/" }] } } }, true],
    [{ detail: { object: { key: [{ prefix: "out/" }] } } }, false],
    [{ detail: { object: { key: [{ suffix: ".png" }] } } }, false],
    [{ detail: { object: { key: [{ suffix: { "equals-ignore-case": ".png" } }] } } }, true],
    [{ detail: { object: { key: [{ "equals-ignore-case": "IN/A.png" }] } } }, true],
    [{ detail: { object: { key: [{ wildcard: "in/*.PNG" }] } } }, true],
    [{ detail: { object: { key: [{ wildcard: "in/?.PNG" }] } } }, false],
    [{ detail: { object: { size: [{ numeric: [">", 0, "<=", 10] }] } } }, true],
    [{ detail: { object: { size: [{ numeric: ["<", 10] }] } } }, false],
    [{ source: [{ "anything-but": "aws.s3" }] }, false],
    [{ source: [{ "anything-but": ["aws.ec2", "aws.sqs"] }] }, true],
    [{ source: [{ "anything-but": { prefix: "aws." } }] }, false],
    [{ missing: [{ "anything-but": "x" }] }, false],
    [{ $or: [{ source: ["other"] }, { detail: { bucket: { name: ["one"] } } }] }, true],
    [{ $or: [{ source: ["other"] }, { source: ["another"] }] }, false],
  ])("matches with %j: %s", (pattern, matches) => {
    expect(parseEventPattern(JSON.stringify(pattern))(EVENT)).toBe(matches);
  });

  it.each([
    "not JSON",
    "[]",
    `{"source": "aws.s3"}`,
    `{"source": []}`,
    `{"source": [{"cidr": "10.0.0.0/8"}]}`,
    `{"source": [{"prefix": 1}]}`,
    `{"source": [{"numeric": ["~", 1]}]}`,
    `{"$or": [{"source": ["x"]}]}`,
  ])("rejects %s", (pattern) => {
    expect(() => parseEventPattern(pattern)).toThrow(expect.objectContaining({ code: "InvalidEventPatternException" }));
  });
});
