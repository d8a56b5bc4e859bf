import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { InvokeCommand, Lambda as LambdaClient } from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, expect, it } from "vitest";
import { LambdaHarness } from "../testing/lambda-harness.ts";

let harness: LambdaHarness;
let client: LambdaClient;
let server: Server;

beforeEach(async () => {
  server = createServer((request, response) => void response.end(`local ${request.headers.host}`));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  harness = new LambdaHarness({ localHosts: () => ({ "api.example.com:80": port }) });
  client = new LambdaClient({ ...(await harness.listen()), maxAttempts: 1 });
});

afterEach(async () => {
  client.destroy();
  await harness.close();
  server.closeAllConnections();
  server.close();
});

it("redirects all connections to a public server to its local port, invisibly to the function", async () => {
  await harness.deploy(
    "fetch",
    `import { get } from "node:http";
    import { connect } from "node:net";
    const read = (stream) => stream.setEncoding("utf8").toArray().then((chunks) => chunks.join(""));
    const connectTo = (port) => new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1", () => { resolve("open"); socket.destroy(); });
      socket.on("error", ({ code }) => resolve(code));
    });
    export const handler = async ({ port }) => ({
      fetch: await (await fetch("http://API.Example.com/path")).text(),
      http: await new Promise((resolve) => get("http://api.example.com/", (response) => resolve(read(response)))),
      other: [await connectTo(port), await connectTo(1)],
      variable: Object.keys(process.env).includes("LOCAL_HOSTS"),
    });`,
  );
  const { port } = server.address() as AddressInfo;
  const { Payload } = await client.send(
    new InvokeCommand({ FunctionName: "fetch", Payload: JSON.stringify({ port }) }),
  );
  expect(JSON.parse(Payload?.transformToString() ?? "")).toEqual({
    fetch: "local api.example.com",
    http: "local api.example.com",
    other: ["open", "ECONNREFUSED"],
    variable: false,
  });
});
