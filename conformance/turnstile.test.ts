import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, it } from "vitest";
import { Turnstile } from "./turnstile.ts";

const opened: (() => void)[] = [];
afterEach(() => {
  for (const close of opened.splice(0)) close();
});

async function behind(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const turnstile = await Turnstile.start((server.address() as AddressInfo).port);
  opened.push(
    () => turnstile.stop(),
    () => server.close(),
  );
  return `http://127.0.0.1:${turnstile.port}`;
}

it("lets one request at a time through, however many come", async () => {
  let inside = 0;
  let most = 0;
  const address = await behind((_, response) => {
    inside += 1;
    most = Math.max(most, inside);
    setImmediate(() => {
      inside -= 1;
      response.end("done");
    });
  });
  const answers = await Promise.all(Array.from({ length: 20 }, async () => (await fetch(address)).text()));
  expect(answers).toEqual(Array.from({ length: 20 }, () => "done"));
  expect(most).toBe(1);
});

it("passes on method, path, host, headers and body, and the answer as it is", async () => {
  const address = await behind(async (request, response) => {
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

it("keeps the length that a HEAD tells", async () => {
  const address = await behind((_, response) => response.writeHead(200, { "content-length": "5000" }).end());
  const response = await fetch(address, { method: "HEAD" });
  expect(response.headers.get("content-length")).toBe("5000");
});

it("goes on after a request that the emulator broke off", async () => {
  const address = await behind((request, response) => {
    if (request.url === "/broken") request.socket.destroy();
    else response.end("fine");
  });
  const [broken, fine] = await Promise.all([fetch(`${address}/broken`), fetch(`${address}/fine`)]);
  expect(broken.status).toBe(502);
  expect(await fine.text()).toBe("fine");
});
