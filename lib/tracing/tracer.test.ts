import { describe, expect, it } from "vitest";
import { createRecorder, SAMPLED } from "./testing/recorder.ts";
import { parseTraceHeader } from "./trace-header.ts";
import { noTracer } from "./tracer.ts";

describe("a subsegment", () => {
  it("measures the work below the current segment", async () => {
    const { tracer, documents } = createRecorder();
    const result = await tracer.subsegment("S3", { namespace: "aws" }, async (segment) => {
      segment.http = { response: { status: 200 } };
      return "result";
    });
    expect(result).toBe("result");
    expect(documents).toEqual([
      {
        name: "S3",
        id: expect.stringMatching(/^[\da-f]{16}$/),
        trace_id: SAMPLED.root,
        parent_id: SAMPLED.parent,
        type: "subsegment",
        namespace: "aws",
        http: { response: { status: 200 } },
        start_time: 1,
        end_time: 2,
      },
    ]);
  });

  it("is the parent of those within it, also of concurrent ones, and of the calls that they make", async () => {
    const { tracer, documents } = createRecorder();
    const headers: (string | undefined)[] = [];
    const call = (name: string) =>
      tracer.subsegment(name, {}, async () => {
        await new Promise(setImmediate);
        headers.push(tracer.header);
      });
    await tracer.subsegment("outer", {}, () => Promise.all([call("one"), call("two")]));
    const [one, two, outer] = documents;
    expect([one?.parent_id, two?.parent_id]).toEqual([outer?.id, outer?.id]);
    expect(headers.map((header) => parseTraceHeader(header))).toEqual([
      { ...SAMPLED, parent: one?.id },
      { ...SAMPLED, parent: two?.id },
    ]);
    expect(tracer.header).toBe(`Root=${SAMPLED.root};Parent=${SAMPLED.parent};Sampled=1`);
  });

  it("has the name and the code of an error, which it passes on, and of its causes", async () => {
    const { tracer, documents } = createRecorder();
    const cause = Object.assign(new TypeError("password=hunter2"), { code: "ECONNREFUSED" });
    const error = Object.assign(new Error("hunter2", { cause }), { name: "DatabaseUnavailableError" });
    await expect(tracer.subsegment("db", {}, () => Promise.reject(error))).rejects.toBe(error);
    const [document] = documents;
    expect(document).toMatchObject({
      fault: true,
      cause: { exceptions: [{ type: "DatabaseUnavailableError" }, { type: "TypeError", message: "ECONNREFUSED" }] },
    });
    const [first, second] = document?.cause?.exceptions ?? [];
    expect(first?.cause).toBe(second?.id);
    expect(JSON.stringify(document)).not.toContain("hunter2");
  });

  it.each([
    [404, { error: true }],
    [429, { error: true, throttle: true }],
    [503, { fault: true }],
  ])("attributes an error with the status %i", async (status, flags) => {
    const { tracer, documents } = createRecorder();
    const failing = tracer.subsegment("S3", {}, () => Promise.reject(Object.assign(new Error("x"), { status })));
    await expect(failing).rejects.toThrow();
    expect(documents[0]).toMatchObject(flags);
    expect(Object.keys(documents[0] ?? {}).filter((name) => /error|fault|throttle/.test(name))).toEqual(
      Object.keys(flags),
    );
  });

  it("accepts a thrown value that is not an error", async () => {
    const { tracer, documents } = createRecorder();
    await expect(tracer.subsegment("x", {}, () => Promise.reject("hunter2"))).rejects.toBe("hunter2");
    expect(documents[0]?.cause?.exceptions).toEqual([{ id: expect.any(String), type: "string" }]);
  });

  it.each([undefined, { ...SAMPLED, sampled: false }, { ...SAMPLED, sampled: undefined }])(
    "is only its work in the context %o",
    async (context) => {
      const { tracer, documents } = createRecorder(() => context);
      expect(await tracer.subsegment("S3", {}, async () => tracer.traceId)).toBe(context?.root);
      expect(documents).toEqual([]);
    },
  );
});

describe("a segment", () => {
  const own = { root: "1-6759e988-bd862e3fe1be46a994272793", parent: undefined };

  it("is the root of its own trace", async () => {
    const { tracer, documents } = createRecorder();
    const work = () => tracer.subsegment("inner", {}, async () => tracer.traceId);
    expect(await tracer.record({ ...own, sampled: true }, { name: "adder", origin: "AWS::EC2::Instance" }, work)).toBe(
      own.root,
    );
    const [inner, segment] = documents;
    expect(segment).toMatchObject({ name: "adder", trace_id: own.root, parent_id: undefined });
    expect(inner?.parent_id).toBe(segment?.id);
  });

  it("is not emitted when it is not sampled, but has a trace ID and a header", async () => {
    const { tracer, documents } = createRecorder();
    const work = () => tracer.subsegment("inner", {}, async () => [tracer.traceId, tracer.header]);
    expect(await tracer.record({ ...own, sampled: false }, { name: "adder" }, work)).toEqual([
      own.root,
      `Root=${own.root};Sampled=0`,
    ]);
    expect(documents).toEqual([]);
  });
});

it("records nothing outside of a trace", async () => {
  expect(noTracer.traceId).toBeUndefined();
  expect(noTracer.header).toBeUndefined();
  expect(await noTracer.subsegment("x", {}, async () => 1)).toBe(1);
});
