import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LoadBalancingHarness, PROGRAM_GROUP } from "./testing/load-balancing-harness.ts";

let harness: LoadBalancingHarness;

beforeEach(async () => {
  harness = new LoadBalancingHarness();
  await harness.start();
});
afterEach(() => harness.stop());

describe("an HTTP target", () => {
  it("receives requests unchanged, with the headers that describe the client", async () => {
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
    harness.targetGroups.register(harness.groupArn(), { id: "10.23.10.7", port });
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
    expect(harness.targetGroups.requestCount(harness.groupArn())).toBe(1);
  });

  it.each([
    ["append", "203.0.113.9, 127.0.0.1"],
    ["preserve", "203.0.113.9"],
    ["remove", undefined],
  ])("receives X-Forwarded-For in mode %s", async (mode, expected) => {
    let sent: unknown;
    const port = await harness.program((message, response) => {
      if (message.url === "/") sent = message.headers["x-forwarded-for"];
      response.end();
    });
    await harness.apply(PROGRAM_GROUP, { balancer: { xff_header_processing_mode: mode } });
    harness.targetGroups.register(harness.groupArn(), { id: "i-1", port });
    await fetch(harness.url(), { headers: { "x-forwarded-for": "203.0.113.9" } });
    expect(sent).toBe(expected);
  });

  it("receives no headers with invalid names if the load balancer drops them", async () => {
    let sent: IncomingMessage["headers"] = {};
    const port = await harness.program((message, response) => {
      if (message.url === "/") sent = message.headers;
      response.end();
    });
    await harness.apply(PROGRAM_GROUP, { balancer: { drop_invalid_header_fields: true } });
    harness.targetGroups.register(harness.groupArn(), { id: "i-1", port });
    await harness.send("/", { headers: { x_user: "admin", "x-user": "me" } });
    expect(sent).toMatchObject({ "x-user": "me" });
    expect(sent).not.toHaveProperty("x_user");
  });

  it("shares requests by round robin or by least outstanding requests", async () => {
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
      harness.targetGroups.register(harness.groupArn(), { id: name, port: await named(name) });
    await expect
      .poll(() => harness.targetGroups.health(harness.groupArn()).map(({ state }) => state))
      .toEqual(["healthy", "healthy"]);
    for (let count = 0; count < 4; count += 1) await fetch(harness.url());
    expect(served.filter((name) => name === "one")).toHaveLength(2);

    await harness.apply({ ...group, load_balancing_algorithm_type: "least_outstanding_requests" });
    served.length = 0;
    const busy = fetch(harness.url("/held"));
    await expect.poll(() => served).toHaveLength(1);
    for (let count = 0; count < 4; count += 1) await fetch(harness.url());
    expect(new Set(served.slice(1))).toEqual(new Set([served[0] === "one" ? "two" : "one"]));
    held[0]?.end();
    await busy;
  });

  it("receives no requests while unhealthy, and again after enough successful checks", async () => {
    let status = 200;
    let checks = 0;
    const failing = await harness.program((message, response) => {
      if (message.url === "/health") checks += 1;
      response.writeHead(message.url === "/health" ? status : 200).end("failing");
    });
    const healthy = await harness.program((_, response) => void response.end("healthy"));
    await harness.apply(PROGRAM_GROUP);
    for (const [id, port] of [
      ["failing", failing],
      ["healthy", healthy],
    ] as const)
      harness.targetGroups.register(harness.groupArn(), { id, port });
    const healthOf = (id: string) =>
      harness.targetGroups.health(harness.groupArn()).find(({ target }) => target.id === id);
    await expect.poll(() => healthOf("failing")?.state).toBe("healthy");
    status = 503;
    await expect
      .poll(() => healthOf("failing"))
      .toMatchObject({
        state: "unhealthy",
        reason: "Target.ResponseCodeMismatch",
        description: "Health checks failed with these codes: [503]",
      });
    expect(harness.service.samples()).toMatchObject([
      { namespace: "AWS/ApplicationELB", values: { HealthyHostCount: 1, UnHealthyHostCount: 1 } },
    ]);
    for (let count = 0; count < 4; count += 1) expect(await (await fetch(harness.url())).text()).toBe("healthy");
    status = 200;
    const before = checks;
    await expect.poll(() => healthOf("failing")?.state).toBe("healthy");
    expect(checks - before).toBeGreaterThanOrEqual(2);
  });

  it("receives requests while all targets are unhealthy", async () => {
    const port = await harness.program(
      (message, response) => void response.writeHead(message.url === "/health" ? 500 : 200).end(),
    );
    await harness.apply(PROGRAM_GROUP);
    harness.targetGroups.register(harness.groupArn(), { id: "i-1", port });
    await expect.poll(() => harness.targetGroups.health(harness.groupArn())).toMatchObject([{ state: "unhealthy" }]);
    expect((await fetch(harness.url())).status).toBe(200);
  });

  it("causes 503 if none is registered, 502 if the connection fails, and 504 if it exceeds the idle timeout", async () => {
    await harness.apply(PROGRAM_GROUP, { balancer: { idle_timeout: 2 } });
    const status = async (path = "/") => {
      const response = await fetch(harness.url(path));
      return [response.status, /<h1>(.*)<\/h1>/.exec(await response.text())?.[1]];
    };
    expect(await status()).toEqual([503, "503 Service Temporarily Unavailable"]);
    const port = await harness.program((message, response) => {
      if (message.url === "/reset") response.destroy();
      else if (message.url === "/health") response.end();
    });
    harness.targetGroups.register(harness.groupArn(), { id: "i-1", port });
    expect(await status("/reset")).toEqual([502, "502 Bad Gateway"]);
    expect(await status("/silent")).toEqual([504, "504 Gateway Time-out"]);
    harness.stopPrograms();
    // On a busy machine, the refusal can take longer than the shortened timeout.
    await expect.poll(() => status()).toEqual([502, "502 Bad Gateway"]);
  });

  it("completes its requests in flight when it is deregistered, and receives no more", async () => {
    let finish = () => {};
    const port = await harness.program((message, response) => {
      if (message.url === "/slow") finish = () => response.end("done");
      else response.end();
    });
    await harness.apply(PROGRAM_GROUP);
    harness.targetGroups.register(harness.groupArn(), { id: "i-1", port });
    const slow = fetch(harness.url("/slow"));
    await expect.poll(() => harness.targetGroups.requestCount(harness.groupArn())).toBe(1);
    harness.targetGroups.deregister(harness.groupArn(), { id: "i-1" });
    expect(harness.targetGroups.health(harness.groupArn())).toMatchObject([
      { state: "draining", reason: "Target.DeregistrationInProgress" },
    ]);
    expect((await fetch(harness.url())).status).toBe(503);
    finish();
    expect(await (await slow).text()).toBe("done");
    await expect.poll(() => harness.targetGroups.health(harness.groupArn())).toEqual([]);
  });
});

it("reports each request with the target that served it, also one that its client gave up", async () => {
  const port = await harness.program((message, response) => {
    if (message.url !== "/never") response.end("ok");
  });
  await harness.apply(PROGRAM_GROUP);
  harness.targetGroups.register(harness.groupArn(), { id: "10.23.10.7", port });
  await fetch(harness.url("/page?a=1"));
  await expect(fetch(harness.url("/never"), { signal: AbortSignal.timeout(20) })).rejects.toThrow();
  await expect.poll(() => harness.requests).toHaveLength(2);
  const servedBy = `main 10.23.10.7:${port}`;
  expect(harness.requests).toMatchObject([
    { entrance: "load-balancer", name: "front", method: "GET", path: "/page?a=1", status: 200, servedBy },
    { path: "/never", status: undefined, servedBy },
  ]);
});
