import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatTraceHeader, parseTraceHeader, type TraceContext } from "./trace-header.ts";

const ROOT = "1-5759e988-bd862e3fe1be46a994272793";

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: length, maxLength: length });
const contexts: fc.Arbitrary<TraceContext> = fc.record({
  root: fc.tuple(hex(8), hex(24)).map(([time, random]) => `1-${time}-${random}`),
  parent: fc.option(hex(16), { nil: undefined }),
  sampled: fc.option(fc.boolean(), { nil: undefined }),
  lineage: fc.option(fc.constantFrom("25:a87bd80c:1", "a87bd80c:0|68fd508a:5|c512fbe3:2"), {
    nil: undefined,
  }),
});

it("reads every context that it writes", () => {
  fc.assert(
    fc.property(contexts, (context) => {
      expect(parseTraceHeader(formatTraceHeader(context))).toEqual(context);
    }),
  );
});

it("reads any text", () => {
  fc.assert(fc.property(fc.string(), (text) => void parseTraceHeader(text)));
});

describe("a header", () => {
  it.each([
    ["of a load balancer", `Self=1-67891234-12456789abcdef012345678;Root=${ROOT};CalledFrom=app`, { root: ROOT }],
    ["with spaces", `Root=${ROOT}; Parent=53995c3f42cd8ad8; Sampled=1`, { parent: "53995c3f42cd8ad8", sampled: true }],
    ["that is not sampled", `Root=${ROOT};Sampled=0`, { sampled: false }],
    ["that leaves the decision to others", `Root=${ROOT};Sampled=?`, { sampled: undefined }],
    ["with an invalid parent", `Root=${ROOT};Parent=x;Sampled=1`, { parent: undefined, sampled: true }],
  ])("%s is read", (_, header, expected) => {
    expect(parseTraceHeader(header)).toMatchObject({ root: ROOT, ...expected });
  });

  it.each([undefined, "", "Root=", `Root=${ROOT}0`, `Self=${ROOT}`, `root=${ROOT.toUpperCase()}`])(
    "%j is not the header of a trace",
    (header) => {
      expect(parseTraceHeader(header)).toBeUndefined();
    },
  );
});
