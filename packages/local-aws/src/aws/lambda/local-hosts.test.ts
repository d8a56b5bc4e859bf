import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { InvokeCommand, Lambda as LambdaClient } from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LambdaHarness } from "./testing/lambda-harness.ts";

let harness: LambdaHarness;
let client: LambdaClient;
let server: Server;

beforeEach(async () => {
  server = createServer((request, response) => void response.end(`${request.headers.host} here`));
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

test("a function finds a server of the internet on this machine under its own name, by any library, and nothing tells it so", async () => {
  await harness.deploy(
    "outside",
    `import { get } from "node:http";
    import { connect } from "node:net";
    const read = (stream) => stream.setEncoding("utf8").toArray().then((chunks) => chunks.join(""));
    const elsewhere = (port) => new Promise((resolve) =>
      connect(port, "127.0.0.1", function () { resolve("open"); this.destroy(); }).on("error", ({ code }) => resolve(code)));
    export const handler = async ({ port }) => ({
      fetch: await (await fetch("http://API.Example.com/path")).text(),
      http: await new Promise((resolve) => get("http://api.example.com/", (response) => resolve(read(response)))),
      other: [await elsewhere(port), await elsewhere(1)],
      told: Object.keys(process.env).includes("LOCAL_HOSTS"),
    });`,
  );
  const { port } = server.address() as AddressInfo;
  const { Payload } = await client.send(
    new InvokeCommand({ FunctionName: "outside", Payload: JSON.stringify({ port }) }),
  );
  expect(JSON.parse(Payload?.transformToString() ?? "")).toEqual({
    fetch: "api.example.com here",
    http: "api.example.com here",
    other: ["open", "ECONNREFUSED"],
    told: false,
  });
});
