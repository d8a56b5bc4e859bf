import { afterEach, expect, it, vi } from "vitest";
import { functionTracer } from "./function-tracer.ts";

afterEach(() => vi.unstubAllEnvs());

it("follows the invocation", () => {
  expect(functionTracer.traceId).toBeUndefined();
  for (const root of ["1-5759e988-bd862e3fe1be46a994272793", "1-6759e988-bd862e3fe1be46a994272793"]) {
    const header = `Root=${root};Parent=53995c3f42cd8ad8;Sampled=0;Lineage=a87bd80c:1`;
    vi.stubEnv("_X_AMZN_TRACE_ID", header);
    expect(functionTracer.traceId).toBe(root);
    expect(functionTracer.header).toBe(header);
  }
});
