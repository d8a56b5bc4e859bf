import { expect, test } from "vitest";
import { parseFunctionName } from "./function-name.ts";

test.each([
  ["api", "api", undefined],
  ["api:live", "api", "live"],
  ["api:$LATEST", "api", "$LATEST"],
  ["000000000000:function:api", "api", undefined],
  ["000000000000:function:api:3", "api", "3"],
  ["arn:aws:lambda:us-east-1:000000000000:function:api", "api", undefined],
  ["arn:aws:lambda:us-east-1:000000000000:function:api:live", "api", "live"],
])("%s names a function", (reference, name, qualifier) => {
  expect(parseFunctionName(reference)).toEqual({ name, qualifier });
});
