import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, it } from "vitest";
import { SerializingProxy } from "./serializing-proxy.ts";

const opened: (() => void)[] = [];
afterEach(() => {
  for (const close of opened.splice(0)) close();
});

async function startProxyFor(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const proxy = await SerializingProxy.start((server.address() as AddressInfo).port);
  opened.push(
    () => proxy.stop(),
    () => server.close(),
  );
  return `http://127.0.0.1:${proxy.port}`;
}

it("forwards one request at a time", async () => {
  let active = 0;
  let maximum = 0;
  const address = await startProxyFor((_, response) => {
    active += 1;
    maximum = Math.max(maximum, active);
    setImmediate(() => {
      active -= 1;
      response.end("done");
    });
  });
  const bodies = await Promise.all(Array.from({ length: 20 }, async () => (await fetch(address)).text()));
  expect(bodies).toEqual(Array.from({ length: 20 }, () => "done"));
  expect(maximum).toBe(1);
});

it("forwards method, path, host, headers and body, and the response unchanged", async () => {
  const address = await startProxyFor(async (request, response) => {
    const { method, url, headers } = request;
    response.writeHead(418, { "x-amz-request-id": "1" });
    response.end(JSON.stringify([method, url, headers.host, headers["x-amz-target"], await text(request)]));
  });
  const response = await fetch(`${address}/bucket/a%20key?list-type=2`, {
    method: "PUT",
    headers: { "x-amz-target": "Service.Action" },
    body: "content",
  });
  expect([response.status, response.headers.get("x-amz-request-id")]).toEqual([418, "1"]);
  const host = new URL(address).host;
  expect(await response.json()).toEqual(["PUT", "/bucket/a%20key?list-type=2", host, "Service.Action", "content"]);
});

it("keeps the Content-Length of a HEAD response", async () => {
  const address = await startProxyFor((_, response) => response.writeHead(200, { "content-length": "5000" }).end());
  const response = await fetch(address, { method: "HEAD" });
  expect(response.headers.get("content-length")).toBe("5000");
});

it("continues after the emulator closed a connection", async () => {
  const address = await startProxyFor((request, response) => {
    if (request.url === "/broken") request.socket.destroy();
    else response.end("fine");
  });
  const [broken, fine] = await Promise.all([fetch(`${address}/broken`), fetch(`${address}/fine`)]);
  expect(broken.status).toBe(502);
  expect(await fine.text()).toBe("fine");
});
