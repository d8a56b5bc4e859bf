import { randomBytes } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { command } from "../support/command.ts";
import { target } from "../support/target.ts";

const { helloUrls, kind, dataDirectory } = target;
const { live = "", test: other = "" } = helloUrls;
const DAY_MS = 86_400_000;

/** Unique usernames; they consist of letters only. */
const created = new Set<string>();
function newName(): string {
  const name = `Spec${Array.from(randomBytes(12), (byte) => String.fromCharCode(97 + (byte % 26))).join("")}`;
  created.add(name);
  return name;
}

const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10);
const send = (method: string, name: string, body?: string, base = live) =>
  fetch(`${base}/hello/${name}`, { method, ...(body !== undefined && { body }) });
const put = (name: string, dateOfBirth: unknown, base = live) =>
  send("PUT", name, JSON.stringify({ dateOfBirth }), base);
const greeting = async (name: string, base = live) =>
  ((await (await send("GET", name, undefined, base)).json()) as { message: string }).message;

/** A date of birth whose next birthday is in `days` days. */
function bornIn(days: number): string {
  const day = isoDay(Date.now() + days * DAY_MS);
  // 24 years before a leap year is a leap year too, except for 2100.
  return `${Number(day.slice(0, 4)) - 24}${day.slice(4)}`;
}

afterAll(async () => {
  for (const name of created) await Promise.all([send("DELETE", name), send("DELETE", name, undefined, other)]);
});

describe.skipIf(live === "")("Hello", () => {
  it("greets with the number of days until the birthday, and with 'Happy birthday!' on the day", async () => {
    const name = newName();
    expect((await send("GET", name)).status).toBe(404);
    expect((await put(name, bornIn(5))).status).toBe(204);
    expect(await greeting(name)).toBe(`Hello, ${name}! Your birthday is in 5 day(s)`);
    expect((await put(name, bornIn(1))).status).toBe(204);
    expect(await greeting(name)).toBe(`Hello, ${name}! Your birthday is in 1 day(s)`);
    expect((await put(name, bornIn(0))).status).toBe(204);
    expect(await greeting(name)).toBe(`Hello, ${name}! Happy birthday!`);
    expect((await send("DELETE", name)).status).toBe(204);
    expect((await send("GET", name)).status).toBe(404);
    expect((await send("DELETE", name)).status).toBe(204);
  });

  it("is revalidated by the CDN on every request", async () => {
    const name = newName();
    await put(name, bornIn(9));
    expect((await send("GET", name)).headers.get("x-cache")).toMatch(/^Miss/);
    const again = await send("GET", name);
    expect(again.headers.get("x-cache")).toMatch(/^RefreshHit/);
    const etag = again.headers.get("etag") ?? "";
    const same = await fetch(`${live}/hello/${name}`, { headers: { "if-none-match": etag } });
    expect(same.status).toBe(304);
    await put(name, bornIn(8));
    const changed = await fetch(`${live}/hello/${name}`, { headers: { "if-none-match": etag } });
    expect(await changed.json()).toEqual({ message: `Hello, ${name}! Your birthday is in 8 day(s)` });
  });

  it.each([
    ["InvalidUsername", "PUT", "spec1", '{"dateOfBirth":"1990-01-01"}'],
    ["InvalidUsername", "GET", "a%20b", undefined],
    ["InvalidDateOfBirth", "PUT", "Spec", '{"dateOfBirth":"2023-02-29"}'],
    ["InvalidDateOfBirth", "PUT", "Spec", `{"dateOfBirth":"${isoDay(Date.now() + DAY_MS)}"}`],
    ["InvalidDateOfBirth", "PUT", "Spec", '{"dateOfBirth":"01/02/1990"}'],
    ["InvalidBody", "PUT", "Spec", "{"],
    ["InvalidBody", "PUT", "Spec", "[]"],
    ["InvalidBody", "PUT", "Spec", undefined],
  ])("returns 400 with the code %s: %s %s %s", async (code, method, name, body) => {
    const response = await send(method, name, body);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(await response.json()).toMatchObject({ status: 400, code, requestId: expect.any(String) });
  });

  it("rejects today as a date of birth and accepts yesterday", async () => {
    const name = newName();
    expect((await put(name, isoDay(Date.now()))).status).toBe(400);
    expect((await put(name, isoDay(Date.now() - DAY_MS))).status).toBe(204);
  });

  it("returns 405 with the allowed methods, and 404 for unknown paths", async () => {
    const rejected = await send("POST", "Spec", "{}");
    expect([rejected.status, rejected.headers.get("allow")]).toEqual([405, "GET, HEAD, PUT, DELETE"]);
    for (const path of ["/", "/hello", "/hello/", "/hello/a/b", "/nothing"]) {
      expect((await fetch(live + path)).status, path).toBe(404);
    }
    expect((await fetch(`${live}/health`)).status).toBe(200);
  });

  it("stores exactly one of many concurrent updates", async () => {
    const name = newName();
    const days = Array.from({ length: 20 }, (_, index) => index + 1);
    const responses = await Promise.all(days.map((day) => put(name, bornIn(day))));
    expect(responses.map(({ status }) => status)).toEqual(days.map(() => 204));
    const message = await greeting(name);
    expect(days.map((day) => `Hello, ${name}! Your birthday is in ${day} day(s)`)).toContain(message);
    expect(new Set(await Promise.all(days.map(() => greeting(name))))).toEqual(new Set([message]));
  });

  it("separates the data of its stages", async () => {
    const name = newName();
    await put(name, bornIn(3));
    expect((await send("GET", name, undefined, other)).status).toBe(404);
    await put(name, bornIn(4), other);
    expect(await greeting(name)).toContain("in 3 day(s)");
    expect(await greeting(name, other)).toContain("in 4 day(s)");
  });

  it("sends headers that enforce TLS and forbid content sniffing and framing", async () => {
    const { headers } = await fetch(`${live}/health`);
    expect(headers.get("strict-transport-security")).toContain("max-age=31536000");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  });
});

describe.skipIf(live === "" || kind !== "local")("npm run system -- hello", () => {
  const run = (...args: string[]) =>
    command("npm", ["run", "--silent", "system", "--", "hello", ...args], { NV_DEMO_DATA: dataDirectory });

  it("exports and erases the data of a person", async () => {
    const name = newName();
    const dateOfBirth = bornIn(7);
    await put(name, dateOfBirth);
    const exported = await run("export", name);
    expect(exported.code, exported.output).toBe(0);
    expect(JSON.parse(exported.stdout)).toMatchObject({ username: name, remembered: { username: name, dateOfBirth } });
    expect((await run("erase", name)).code).toBe(0);
    expect((await send("GET", name)).status).toBe(404);
    expect((await run("export", name)).code).toBe(1);
    expect((await run("export", name, "--stage", "nowhere")).output).toContain("There is no stage");
    expect((await run("celebrate")).code).toBe(2);
  });

  it("restores the table in a drill and removes the restored copy", async () => {
    await put(newName(), bornIn(2));
    const first = await run("restore-drill");
    expect(first.code, first.output).toBe(0);
    const { people, same } = JSON.parse(first.stdout) as { people: { now: number; restored: number }; same: number };
    expect(people.now).toBeGreaterThan(0);
    expect(people.restored).toBe(people.now);
    expect(same).toBe(people.now);
    expect((await run("restore-drill")).code).toBe(0);
  });
});
