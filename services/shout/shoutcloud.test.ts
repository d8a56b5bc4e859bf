import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, it } from "vitest";
import { silentLog } from "../../lib/log/testing/silent-log.ts";
import { noTracer } from "../../lib/tracing/tracer.ts";
import { Shoutcloud } from "./shoutcloud.ts";

type Handle = (request: IncomingMessage, response: ServerResponse, count: number) => unknown;

let server: Server;

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** A client for a server with this handler. */
async function client(handle: Handle, timeout = 1_000): Promise<{ shoutcloud: Shoutcloud; requests: () => number }> {
  let count = 0;
  server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => void handle(request, response, ++count));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/V1/SHOUT`;
  return { shoutcloud: new Shoutcloud({ url, timeout, log: silentLog, tracer: noTracer }), requests: () => count };
}

const succeed: Handle = async (request, response) => {
  const { INPUT } = JSON.parse(await text(request)) as { INPUT: string };
  response.end(JSON.stringify({ INPUT, OUTPUT: INPUT.toUpperCase() }));
};

it("sends the request format that SHOUTCLOUD accepts", async () => {
  const seen: unknown[] = [];
  const { shoutcloud, requests } = await client((request, response, count) => {
    seen.push(request.method, request.url, request.headers["content-type"]);
    return succeed(request, response, count);
  });
  expect(await shoutcloud.shout("é 👍 \u2028")).toBe("É 👍 \u2028");
  expect(seen).toEqual(["POST", "/V1/SHOUT", "application/json"]);
  expect(requests()).toBe(1);
});

it.each([
  ["fails", (_, response) => response.writeHead(503).end(), "UpstreamFailed"],
  ["throttles", (_, response) => response.writeHead(429).end(), "UpstreamFailed"],
  ["closes the connection", (_, response) => response.destroy(), "UpstreamUnavailable"],
  [
    "closes the connection during the response",
    (_, response) => response.write('{"OUT', () => response.destroy()),
    "UpstreamUnavailable",
  ],
  ["returns no JSON", (_, response) => response.end("<html>"), "UpstreamNonsense"],
  ["returns another type", (_, response) => response.end('{"OUTPUT":1}'), "UpstreamNonsense"],
  ["does not respond", () => {}, "UpstreamTimeout"],
  ["does not finish the response", (_, response) => response.write("{"), "UpstreamTimeout"],
] as [string, Handle, string][])("retries once when SHOUTCLOUD %s", async (_, handle, code) => {
  const permanent = await client(handle, 100);
  await expect(permanent.shoutcloud.shout("x")).rejects.toMatchObject({ name: "ShoutcloudError", code });
  expect(permanent.requests()).toBe(2);
  server.closeAllConnections();
  server.close();

  const transient = await client(
    (request, response, count) => (count === 1 ? handle : succeed)(request, response, count),
    500,
  );
  expect(await transient.shoutcloud.shout("x")).toBe("X");
});

it.each([400, 404, 301])("does not retry on status %i", async (status) => {
  const { shoutcloud, requests } = await client((_, response) => response.writeHead(status, { location: "/" }).end());
  await expect(shoutcloud.shout("x")).rejects.toMatchObject({ code: "UpstreamFailed" });
  expect(requests()).toBe(1);
});
