import { describe, expect, it } from "vitest";
import { parseFunctionName } from "./function-name.ts";

describe("parseFunctionName", () => {
  it.each([
    ["api", "api", undefined],
    ["api:live", "api", "live"],
    ["api:$LATEST", "api", "$LATEST"],
    ["000000000000:function:api", "api", undefined],
    ["000000000000:function:api:3", "api", "3"],
    ["arn:aws:lambda:us-east-1:000000000000:function:api", "api", undefined],
    ["arn:aws:lambda:us-east-1:000000000000:function:api:live", "api", "live"],
  ])("parses %s", (reference, name, qualifier) => {
    expect(parseFunctionName(reference)).toEqual({ name, qualifier });
  });
});
