import { expect, it } from "vitest";
import { silentLog } from "../log/testing/silent-log.ts";
import { createRecorder, SAMPLED } from "../tracing/testing/recorder.ts";
import { createHttpApp } from "./http-app.ts";
import { HttpError } from "./http-error.ts";
import type { ApiEvent } from "./request.ts";

const event = {
  routeKey: "GET /api/files/{key+}",
  rawPath: "/api/files/private",
  rawQueryString: "token=secret",
  requestContext: { requestId: "r-1", http: { method: "GET" } },
} as ApiEvent;

it("finds the trace of a request by its ID, which a problem document names", async () => {
  const { tracer, documents } = createRecorder();
  const handle = () => {
    throw new HttpError(404, "FileNotFound", "There is no such file.");
  };
  const app = createHttpApp({ handle, clock: { now: () => 0 }, log: silentLog, tracer });
  const { body = "" } = await app(event);
  expect(JSON.parse(body)).toMatchObject({ requestId: "r-1", traceId: SAMPLED.root });
  expect(documents).toMatchObject([
    {
      name: "Request",
      annotations: { route: "GET /api/files/{key+}", request_id: "r-1" },
      http: { response: { status: 404 } },
      error: true,
    },
  ]);
  expect(JSON.stringify(documents)).not.toMatch(/private|secret/);
});
