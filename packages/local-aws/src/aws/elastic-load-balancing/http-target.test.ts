import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { PATIENCE } from "../../runtime/testing/patience.ts";
import { LoadBalancingHarness, PROGRAM_GROUP } from "./testing/load-balancing-harness.ts";

let harness: LoadBalancingHarness;

beforeEach(async () => {
  harness = new LoadBalancingHarness();
  await harness.start();
});
afterEach(() => harness.stop());

it("gets requests as they came, and what the load balancer knows of the client", async () => {
  const seen: { method?: string; url?: string; headers: IncomingMessage["headers"]; body: string }[] = [];
  const port = await harness.program((message, response) => {
    let body = "";
    message.on("data", (chunk) => (body += String(chunk)));
    message.on("end", () => {
      if (message.url !== "/health") {
        const { method = "", url: path = "", headers } = message;
        seen.push({ method, url: path, headers, body });
      }
      response.writeHead(201, { "x-own": "yes", "set-cookie": ["a=1", "b=2"] }).end("made");
    });
  });
  await harness.apply(PROGRAM_GROUP);
  harness.service.register(harness.groupArn(), { id: "10.23.10.7", port });
  const response = await fetch(harness.url("/add%20it?x=%41"), {
    method: "DELETE",
    body: "some body",
    headers: {
      "x-forwarded-for": "203.0.113.9",
      "x-amzn-trace-id": "Self=1-0-0;Root=1-67891233-abcdef012345678912345678;Mine=1",
    },
  });
  expect(response.status).toBe(201);
  expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  expect(await response.text()).toBe("made");
  expect(seen).toMatchObject([
    {
      method: "DELETE",
      url: "/add%20it?x=%41",
      body: "some body",
      headers: {
        host: new URL(harness.url()).host,
        "x-forwarded-for": "203.0.113.9, 127.0.0.1",
        "x-forwarded-proto": "http",
        "x-forwarded-port": "80",
        "x-amzn-trace-id": expect.stringMatching(
          /^Self=1-[0-9a-f]{8}-[0-9a-f]{24};Root=1-67891233-abcdef012345678912345678;Mine=1$/,
        ),
      },
    },
  ]);
  expect(harness.service.requests(harness.groupArn())).toBe(1);
});

it.each([
  ["append", "203.0.113.9, 127.0.0.1"],
  ["preserve", "203.0.113.9"],
  ["remove", undefined],
])("is told of the client by X-Forwarded-For: %s", async (mode, expected) => {
  let sent: unknown;
  const port = await harness.program((message, response) => {
    if (message.url === "/") sent = message.headers["x-forwarded-for"];
    response.end();
  });
  await harness.apply(PROGRAM_GROUP, { balancer: { xff_header_processing_mode: mode } });
  harness.service.register(harness.groupArn(), { id: "i-1", port });
  await fetch(harness.url(), { headers: { "x-forwarded-for": "203.0.113.9" } });
  expect(sent).toBe(expected);
});

it("gets no header with a name that a server may take for another one, when the load balancer drops them", async () => {
  let sent: IncomingMessage["headers"] = {};
  const port = await harness.program((message, response) => {
    if (message.url === "/") sent = message.headers;
    response.end();
  });
  await harness.apply(PROGRAM_GROUP, { balancer: { drop_invalid_header_fields: true } });
  harness.service.register(harness.groupArn(), { id: "i-1", port });
  await harness.send("/", { headers: { x_user: "admin", "x-user": "me" } });
  expect(sent).toMatchObject({ "x-user": "me" });
  expect(sent).not.toHaveProperty("x_user");
});

it("takes turns with others, and a busy one gets less when the group counts", async () => {
  const served: string[] = [];
  const held: ServerResponse[] = [];
  const named = (name: string) =>
    harness.program((message, response) => {
      if (message.url === "/health") return void response.end();
      served.push(name);
      if (message.url === "/held") held.push(response);
      else response.end();
    });
  const group = { ...PROGRAM_GROUP, load_balancing_algorithm_type: "round_robin" };
  await harness.apply(group);
  for (const name of ["one", "two"])
    harness.service.register(harness.groupArn(), { id: name, port: await named(name) });
  await vi.waitFor(
    () => expect(harness.service.health(harness.groupArn()).map(({ state }) => state)).toEqual(["healthy", "healthy"]),
    PATIENCE,
  );
  for (let count = 0; count < 4; count += 1) await fetch(harness.url());
  expect(served.filter((name) => name === "one")).toHaveLength(2);

  await harness.apply({ ...group, load_balancing_algorithm_type: "least_outstanding_requests" });
  served.length = 0;
  const busy = fetch(harness.url("/held"));
  await vi.waitFor(() => expect(served).toHaveLength(1), PATIENCE);
  for (let count = 0; count < 4; count += 1) await fetch(harness.url());
  expect(new Set(served.slice(1))).toEqual(new Set([served[0] === "one" ? "two" : "one"]));
  held[0]?.end();
  await busy;
});

it("gets nothing while it is unhealthy, and comes back after enough good answers", async () => {
  let status = 200;
  let checks = 0;
  const sick = await harness.program((message, response) => {
    if (message.url === "/health") checks += 1;
    response.writeHead(message.url === "/health" ? status : 200).end("sick");
  });
  const well = await harness.program((_, response) => void response.end("well"));
  await harness.apply(PROGRAM_GROUP);
  for (const [id, port] of [
    ["sick", sick],
    ["well", well],
  ] as const)
    harness.service.register(harness.groupArn(), { id, port });
  const stateOf = (wanted: string) =>
    harness.service.health(harness.groupArn()).find(({ target }) => target.id === wanted);
  await vi.waitFor(() => expect(stateOf("sick")?.state).toBe("healthy"), PATIENCE);
  status = 503;
  await vi.waitFor(
    () =>
      expect(stateOf("sick")).toMatchObject({
        state: "unhealthy",
        reason: "Target.ResponseCodeMismatch",
        description: "Health checks failed with these codes: [503]",
      }),
    PATIENCE,
  );
  for (let count = 0; count < 4; count += 1) expect(await (await fetch(harness.url())).text()).toBe("well");
  status = 200;
  const before = checks;
  await vi.waitFor(() => expect(stateOf("sick")?.state).toBe("healthy"), PATIENCE);
  expect(checks - before).toBeGreaterThanOrEqual(2);
});

it("is asked although unhealthy when all are", async () => {
  const port = await harness.program(
    (message, response) => void response.writeHead(message.url === "/health" ? 500 : 200).end(),
  );
  await harness.apply(PROGRAM_GROUP);
  harness.service.register(harness.groupArn(), { id: "i-1", port });
  await vi.waitFor(
    () => expect(harness.service.health(harness.groupArn())).toMatchObject([{ state: "unhealthy" }]),
    PATIENCE,
  );
  expect((await fetch(harness.url())).status).toBe(200);
});

it("is answered for by the load balancer: 503 without targets, 502 when it is gone or breaks off, 504 when it is silent", async () => {
  await harness.apply(PROGRAM_GROUP, { balancer: { idle_timeout: 2 } });
  const status = async (path = "/") => {
    const response = await fetch(harness.url(path));
    return [response.status, /<h1>(.*)<\/h1>/.exec(await response.text())?.[1]];
  };
  expect(await status()).toEqual([503, "503 Service Temporarily Unavailable"]);
  const port = await harness.program((message, response) => {
    if (message.url === "/breaks") response.destroy();
    else if (message.url === "/health") response.end();
  });
  harness.service.register(harness.groupArn(), { id: "i-1", port });
  expect(await status("/breaks")).toEqual([502, "502 Bad Gateway"]);
  expect(await status("/silent")).toEqual([504, "504 Gateway Time-out"]);
  harness.stopPrograms();
  expect(await status()).toEqual([502, "502 Bad Gateway"]);
});

it("finishes what it has when it is deregistered, and gets no more", async () => {
  let finish = () => {};
  const port = await harness.program((message, response) => {
    if (message.url === "/slow") finish = () => response.end("finished");
    else response.end();
  });
  await harness.apply(PROGRAM_GROUP);
  harness.service.register(harness.groupArn(), { id: "i-1", port });
  const slow = fetch(harness.url("/slow"));
  await vi.waitFor(() => expect(harness.service.requests(harness.groupArn())).toBe(1), PATIENCE);
  harness.service.deregister(harness.groupArn(), { id: "i-1" });
  expect(harness.service.health(harness.groupArn())).toMatchObject([
    { state: "draining", reason: "Target.DeregistrationInProgress" },
  ]);
  expect((await fetch(harness.url())).status).toBe(503);
  finish();
  expect(await (await slow).text()).toBe("finished");
  await vi.waitFor(() => expect(harness.service.health(harness.groupArn())).toEqual([]), PATIENCE);
});
