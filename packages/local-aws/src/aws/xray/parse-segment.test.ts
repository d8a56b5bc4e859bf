import fc from "fast-check";
import { expect, it } from "vitest";
import { InvalidSegmentError, parseSegment } from "./parse-segment.ts";
import { START, testPart, testSegment } from "./testing/segments.ts";

const NOW = START * 1_000;
const parse = (document: unknown) => parseSegment(JSON.stringify(document), NOW);

it("returns a valid document unchanged", () => {
  const name = fc.string({ unit: fc.constantFrom(..."aZé9 _.:/%&#=+\\-@"), minLength: 1, maxLength: 200 });
  const annotations = fc.dictionary(
    fc.stringMatching(/^\w{1,20}$/),
    fc.oneof(fc.string(), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true })),
  );
  fc.assert(
    fc.property(name, annotations, fc.boolean(), (given, values, inProgress) => {
      const end = inProgress ? { end_time: undefined, in_progress: true } : {};
      const subsegments = [testPart(given, { annotations: values, ...end })];
      const document = JSON.stringify(testSegment({ name: given, annotations: values, subsegments, ...end }));
      expect(JSON.stringify(parseSegment(document, NOW))).toBe(document);
    }),
  );
});

it.each<[code: string, changes: object]>([
  ["MissingTraceId", { trace_id: undefined }],
  ["InvalidTraceId", { trace_id: "1-5759e988-BD862E3FE1BE46A994272793" }],
  ["InvalidTraceId", { trace_id: "1-00000001-bd862e3fe1be46a994272793" }],
  ["InvalidType", { type: "segment" }],
  ["MissingParentId", { type: "subsegment" }],
  ["InvalidParentId", { parent_id: "1" }],
  ["MissingId", { id: undefined }],
  ["InvalidId", { id: "70DE5B6F19FF9A0A" }],
  ["MissingName", { name: undefined }],
  ["InvalidName", { name: "" }],
  ["InvalidName", { name: "a*b" }],
  ["InvalidName", { name: "a".repeat(201) }],
  ["MissingStartTime", { start_time: undefined }],
  ["InvalidStartTime", { start_time: "1764320000" }],
  ["MissingEndTime", { end_time: undefined }],
  ["MissingEndTime", { in_progress: true }],
  ["InvalidEndTime", { end_time: START - 1 }],
  ["InvalidInProgress", { in_progress: "no" }],
  ["ParseError", { fault: "yes" }],
  ["ParseError", { http: [] }],
  ["ParseError", { subsegments: {} }],
  ["ParseError", { links: [1] }],
  ["InvalidAnnotation", { annotations: { "a b": 1 } }],
  ["InvalidAnnotation", { annotations: { key: {} } }],
  [
    "MissingName",
    { subsegments: [testPart("outer", { subsegments: [{ ...testPart("inner"), name: undefined as never }] })] },
  ],
])("rejects with %s: %j", (code, changes) => {
  expect(() => parse({ ...testSegment(), ...changes })).toThrow(expect.objectContaining({ code }));
});

it("rejects what is not a JSON object, is larger than 64 KB, or is nested too deep, with the ID if it is known", () => {
  expect(() => parseSegment("{", NOW)).toThrow(InvalidSegmentError);
  expect(() => parse([])).toThrow(expect.objectContaining({ code: "ParseError", segmentId: undefined }));
  expect(() => parse(testSegment({ metadata: { text: "x".repeat(65_536) } }))).toThrow("at most 65536 bytes");
  let nested = testPart("part");
  for (let depth = 0; depth < 150; depth += 1) nested = testPart("part", { subsegments: [nested] });
  const segment = testSegment({ subsegments: [nested] });
  expect(() => parse(segment)).toThrow(expect.objectContaining({ code: "ParseError", segmentId: segment.id }));
});
