import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { afterEach, beforeEach, expect, it } from "vitest";
import { daemonEmitter } from "./daemon.ts";
import type { SegmentDocument } from "./segment.ts";

const document: SegmentDocument = {
  name: "S3",
  id: "53995c3f42cd8ad8",
  trace_id: "1-5759e988-bd862e3fe1be46a994272793",
  start_time: 1,
  end_time: 2,
};

let daemon: Socket;
let address: string;

beforeEach(async () => {
  daemon = createSocket("udp4");
  daemon.bind(0, "127.0.0.1");
  await once(daemon, "listening");
  address = `127.0.0.1:${daemon.address().port}`;
});
afterEach(() => new Promise<void>((resolve) => daemon.close(resolve)));

async function received(): Promise<readonly [unknown, unknown]> {
  const [message] = await once(daemon, "message");
  const [header = "", body = ""] = String(message).split("\n");
  return [JSON.parse(header), JSON.parse(body)];
}

it("sends each document as a datagram with a header", async () => {
  const emit = daemonEmitter(() => address);
  emit(document);
  expect(await received()).toEqual([{ format: "json", version: 1 }, document]);
  emit({ ...document, fault: true });
  expect(await received()).toEqual([
    { format: "json", version: 1 },
    { ...document, fault: true },
  ]);
});

it("leaves out what makes a document too large", async () => {
  daemonEmitter(() => address)({ ...document, error: true, annotations: { route: "x".repeat(66_000) } });
  expect(await received()).toEqual([expect.anything(), { ...document, error: true }]);
});

it.each([undefined, "", "localhost", "127.0.0.1:65536", "127.0.0.1:0", "no.such.host.invalid:2000", "127.0.0.1:9"])(
  "ignores the document when there is no daemon at %j",
  async (absent) => {
    const emit = daemonEmitter(() => absent);
    emit(document);
    const present = daemonEmitter(() => address);
    present(document);
    await received();
  },
);
