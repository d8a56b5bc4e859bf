import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, it } from "vitest";
import { silentLog } from "../../lib/log/testing/silent-log.ts";
import { Shoutcloud } from "./shoutcloud.ts";

type Handle = (request: IncomingMessage, response: ServerResponse, count: number) => unknown;

let server: Server;

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** A client of a server that answers so. */
async function client(handle: Handle, timeout = 1_000): Promise<{ shoutcloud: Shoutcloud; asked: () => number }> {
  let count = 0;
  server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => void handle(request, response, ++count));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/V1/SHOUT`;
  return { shoutcloud: new Shoutcloud({ url, timeout, log: silentLog }), asked: () => count };
}

const right: Handle = async (request, response) => {
  const { INPUT } = JSON.parse(await text(request)) as { INPUT: string };
  response.end(JSON.stringify({ INPUT, OUTPUT: INPUT.toUpperCase() }));
};

it("asks in the one way that SHOUTCLOUD takes", async () => {
  const seen: unknown[] = [];
  const { shoutcloud, asked } = await client((request, response, count) => {
    seen.push(request.method, request.url, request.headers["content-type"]);
    return right(request, response, count);
  });
  expect(await shoutcloud.shout("é 👍 \u2028")).toBe("É 👍 \u2028");
  expect(seen).toEqual(["POST", "/V1/SHOUT", "application/json"]);
  expect(asked()).toBe(1);
});

it.each([
  ["fails", (_, response) => response.writeHead(503).end(), "UpstreamFailed"],
  ["has no time", (_, response) => response.writeHead(429).end(), "UpstreamFailed"],
  ["breaks off", (_, response) => response.destroy(), "UpstreamUnavailable"],
  [
    "breaks off within its answer",
    (_, response) => response.write('{"OUT', () => response.destroy()),
    "UpstreamUnavailable",
  ],
  ["answers nonsense", (_, response) => response.end("<html>"), "UpstreamNonsense"],
  ["answers something else", (_, response) => response.end('{"OUTPUT":1}'), "UpstreamNonsense"],
  ["says nothing", () => {}, "UpstreamTimeout"],
  ["does not finish", (_, response) => response.write("{"), "UpstreamTimeout"],
] as [string, Handle, string][])("is asked once more when it %s, and not again", async (_, handle, code) => {
  const lasting = await client(handle, 100);
  await expect(lasting.shoutcloud.shout("x")).rejects.toMatchObject({ name: "ShoutcloudError", code });
  expect(lasting.asked()).toBe(2);
  server.closeAllConnections();
  server.close();

  const passing = await client(
    (request, response, count) => (count === 1 ? handle : right)(request, response, count),
    500,
  );
  expect(await passing.shoutcloud.shout("x")).toBe("X");
});

it.each([400, 404, 301])("is not asked again when it refuses, with status %i", async (status) => {
  const { shoutcloud, asked } = await client((_, response) => response.writeHead(status, { location: "/" }).end());
  await expect(shoutcloud.shout("x")).rejects.toMatchObject({ code: "UpstreamFailed" });
  expect(asked()).toBe(1);
});
