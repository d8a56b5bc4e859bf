import { EdgeHarness } from "@nv-demo/local-aws/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ApiEvent } from "../../lib/http/request.ts";
import { silentLog } from "../../lib/log/testing/silent-log.ts";
import { noTracer } from "../../lib/tracing/tracer.ts";
import { createApp } from "./app.ts";
import { parseCalendarDate } from "./calendar-date.ts";
import { parseUsername } from "./person.ts";
import { MemoryPersonStore } from "./testing/memory-person-store.ts";

/** The service behind a CloudFront cache with a default TTL of an hour; both use the clock of the test. */
let edge: EdgeHarness;
let people: MemoryPersonStore;
let url: string;

beforeEach(async () => {
  edge = new EdgeHarness();
  people = new MemoryPersonStore();
  const app = createApp(people, { now: () => edge.now }, silentLog, noTracer);
  edge.origin = async (request, response) => {
    const event = {
      routeKey: `${request.method} /hello/{username}`,
      rawPath: request.url,
      rawQueryString: "",
      headers: request.headers,
      body: (await request.toArray()).join(""),
      pathParameters: { username: request.url?.split("/").at(-1) },
      requestContext: { requestId: "r", stage: "stage", http: { method: request.method } },
    } as unknown as ApiEvent;
    const { statusCode, headers, body } = await app(event);
    response.writeHead(statusCode, headers).end(body);
  };
  url = await edge.deploy(await edge.listen(), { policy: { default_ttl: 3600 } });
});

afterEach(() => edge.close());

async function greet(username: string): Promise<string> {
  const response = await fetch(`${url}/hello/${username}`);
  const { message, code } = (await response.json()) as { message?: string; code?: string };
  return message ?? `${response.status} ${code}`;
}

function save(username: string, dateOfBirth: string): void {
  const date = parseCalendarDate(dateOfBirth);
  if (date) people.people.set(parseUsername(username), { username: parseUsername(username), dateOfBirth: date });
}

describe("behind a cache", () => {
  it("serves no greeting of the previous day, to the millisecond", async () => {
    save("Ada", "1990-11-22");
    for (const [index, before] of [3_600_000, 60_000, 1_000, 500, 1].entries()) {
      const midnight = Date.UTC(2026 + index, 10, 22); // A clock only moves forward.
      edge.now = midnight - before;
      expect(await greet("Ada")).toBe("Hello, Ada! Your birthday is in 1 day(s)");
      edge.now = midnight;
      expect(await greet("Ada")).toBe("Hello, Ada! Happy birthday!");
      edge.now = midnight + 86_400_000;
      expect(await greet("Ada")).toMatch(/in 36[45] day\(s\)$/);
    }
  });

  it("serves no greeting of the previous day when the service fails", async () => {
    save("Ada", "1990-11-22");
    edge.now = Date.parse("2026-11-21T23:59:59Z");
    await greet("Ada");
    edge.now += 2_000;
    people.isAvailable = false;
    expect(await greet("Ada")).toBe("503 StoreUnavailable");
    people.isAvailable = true;
    // CloudFront caches the error for ten seconds by default; the stack disables that.
    edge.now += 10_000;
    expect(await greet("Ada")).toBe("Hello, Ada! Happy birthday!");
  });

  it("serves a changed or deleted person immediately", async () => {
    const put = (dateOfBirth: string) =>
      fetch(`${url}/hello/Ada`, { method: "PUT", body: JSON.stringify({ dateOfBirth }) });
    expect((await put("1990-11-22")).status).toBe(204);
    expect(await greet("Ada")).toContain("in 1 day(s)");
    expect((await put("1990-11-23")).status).toBe(204);
    expect(await greet("Ada")).toContain("in 2 day(s)");
    people.people.clear();
    expect(await greet("Ada")).toBe("404 UnknownUser");
  });

  it("revalidates an unchanged greeting instead of sending it again", async () => {
    save("Ada", "1990-11-30");
    await greet("Ada");
    const response = await fetch(`${url}/hello/Ada`);
    expect(response.headers.get("x-cache")).toBe("RefreshHit from cloudfront");
    expect(response.headers.get("content-type")).toBe("application/json");
  });
});
