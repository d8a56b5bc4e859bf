import fc from "fast-check";
import { expect, it } from "vitest";
import { formatTraceHeader, parseTraceHeader } from "./trace-header.ts";

const ROOT = "1-67891233-abcdef012345678912345678";

const hexadecimal = (length: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: length, maxLength: length });

it("reads what it has written", () => {
  const headers = fc.record({
    root: fc.tuple(hexadecimal(8), hexadecimal(24)).map(([time, random]) => `1-${time}-${random}`),
    parent: fc.option(hexadecimal(16), { nil: undefined }),
    sampled: fc.option(fc.boolean(), { nil: undefined }),
  });
  fc.assert(
    fc.property(headers, (header) => {
      expect(parseTraceHeader(formatTraceHeader(header))).toEqual(header);
    }),
  );
});

it("accepts any order, spaces, and fields of others", () => {
  expect(parseTraceHeader(`Self=1-0-0; Sampled=1;Lineage=25:5f2:0 ;Root=${ROOT};Parent=53995c3f42cd8ad8`)).toEqual({
    root: ROOT,
    parent: "53995c3f42cd8ad8",
    sampled: true,
  });
});

it("leaves the decision open for Sampled=?, and ignores an invalid parent", () => {
  const expected = { root: ROOT, parent: undefined, sampled: undefined };
  expect(parseTraceHeader(`Root=${ROOT};Parent=x;Sampled=?`)).toEqual(expected);
});

it.each([undefined, "", "Root=", "Root=1-67891233-short", `Parent=53995c3f42cd8ad8`])("ignores %j", (header) => {
  expect(parseTraceHeader(header)).toBeUndefined();
});
