import { afterEach, beforeEach, expect, it } from "vitest";
import { type AwsServer, startAwsServer } from "../aws/testing/aws-server.ts";
import type { Fields, Log } from "../log/log.ts";
import { silentLog } from "../log/testing/silent-log.ts";
import type { SegmentDocument } from "./segment.ts";
import { SegmentSender } from "./segment-sender.ts";

let server: AwsServer;
let warnings: { readonly message: string; readonly fields: Fields | undefined }[];
let sender: SegmentSender;

beforeEach(async () => {
  server = await startAwsServer();
  warnings = [];
  const log: Log = { ...silentLog, warn: (message, fields) => warnings.push({ message, fields }) };
  sender = new SegmentSender(server.access, log);
});
afterEach(() => server.close());

const document = (name: string): SegmentDocument => ({
  name,
  id: "53995c3f42cd8ad8",
  trace_id: "1-5759e988-bd862e3fe1be46a994272793",
  start_time: 1,
  end_time: 2,
});

const names = () =>
  server.received.map(({ body }) =>
    (body as { TraceSegmentDocuments: string[] }).TraceSegmentDocuments.map((text) => JSON.parse(text).name),
  );

it("sends documents in batches of 50, in order", async () => {
  for (let index = 0; index < 51; index += 1) sender.add(document(String(index)));
  await sender.flush();
  await sender.flush();
  expect(names().map(({ length }) => length)).toEqual([50, 1]);
  expect(names().flat().slice(-2)).toEqual(["49", "50"]);
  expect(server.received[0]).toMatchObject({ method: "POST", url: "/TraceSegments" });
});

it("sends documents without a flush", async () => {
  sender.add(document("adder"));
  await expect.poll(names, { timeout: 5_000 }).toEqual([["adder"]]);
});

it("drops documents that X-Ray rejects or does not accept, and logs why", async () => {
  const UnprocessedTraceSegments = [{ ErrorCode: "InvalidName", Message: "name has 1 to 200 letters" }];
  server.response = { status: 200, body: { UnprocessedTraceSegments } };
  sender.add(document("{}"));
  await sender.flush();
  server.response = { status: 403, body: { __type: "AccessDeniedException", message: "Not authorized" } };
  sender.add(document("adder"));
  await sender.flush();
  expect(warnings).toMatchObject([
    { message: "X-Ray rejected segments", fields: { reasons: ["InvalidName: name has 1 to 200 letters"] } },
    { message: "Segments were not sent to X-Ray", fields: { segments: 1, error: { code: "AccessDeniedException" } } },
  ]);
});

it("keeps at most 1,000 documents", async () => {
  for (let index = 0; index < 1_100; index += 1) sender.add(document(String(index)));
  await sender.flush();
  expect(names().flat()).toHaveLength(1_000);
});
