import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DatabaseUnavailableError } from "../../lib/database/database.ts";
import { silentLog } from "../../lib/log/testing/silent-log.ts";
import { type RunningServer, startServer } from "../../lib/server/server.ts";
import { untraced } from "../../lib/server/testing/untraced.ts";
import { NumberTable } from "../../lib/sum/number-table.ts";
import { errorPage } from "../../lib/sum/page.ts";
import { systemClock } from "../../lib/time/clock.ts";
import type { Grant } from "../../lib/users/grants.ts";
import type { Principal } from "../../lib/users/principal.ts";
import { OpenIdProviderUnavailableError } from "../../lib/users/provider-reader.ts";
import { startTestUsers, type TestUsers } from "../../lib/users/testing/user-tables.ts";
import { UserStoreUnavailableError } from "../../lib/users/user-store.ts";
import { type FilesDatabase, startFilesDatabase } from "../postgres-init/testing/files-database.ts";
import { basicAuthorization } from "./browser/basic-authorization.ts";
import type { ResetDependencies } from "./reset-table.ts";
import { resetRoutes } from "./routes.ts";

const operator = { who: "operator", from: "command" };
const ADMIN: Grant = { role: "admin", prefix: "" };

let db: FilesDatabase;
let table: NumberTable;
let users: TestUsers;
let server: RunningServer | undefined;
let admin: string;

beforeAll(async () => {
  [db, users] = await Promise.all([startFilesDatabase(), startTestUsers()]);
  table = new NumberTable(db.database);
  admin = await basicOf("alice", [ADMIN]);
});
afterAll(() => Promise.all([db.remove(), users.remove()]));

beforeEach(async () => {
  await table.reset();
  await table.add("5", "127.0.0.1");
  users.audit.events.length = 0;
  await start();
});
afterEach(() => server?.stop());

async function start(changes: Partial<ResetDependencies> = {}): Promise<void> {
  await server?.stop();
  const { authenticator, audit } = users;
  const routes = resetRoutes({ table, authenticator, audit, signInOverHttp: false, ...changes });
  server = await startServer({ routes, port: 0, log: silentLog, clock: systemClock, tracing: untraced, errorPage });
}

/** Adds a user. @returns its Authorization header */
async function basicOf(name: string, grants: readonly Grant[]): Promise<string> {
  const { password } = await users.directory.add(operator, name, { grants });
  return basicAuthorization(name, password);
}

async function send(method: string, path: string, headers: Record<string, string | undefined>) {
  const all = { "x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.7", connection: "close", ...headers };
  const sent = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  const response = await fetch(`http://127.0.0.1:${server?.port}${path}`, {
    method,
    headers: Object.fromEntries(sent),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function reset(authorization: string | undefined, headers: Record<string, string | undefined> = {}) {
  const response = await send("POST", "/reset_table", { authorization, ...headers });
  return { ...response, body: JSON.parse(response.text) };
}

const count = async () => (await table.page("newest", 10)).count;
const outcomes = () => users.audit.events.map(({ who, outcome, code }) => [who, outcome, code]);

describe("POST /reset_table by an administrator", () => {
  it("deletes all rows and restarts the IDs", async () => {
    expect(await reset(admin)).toMatchObject({ status: 200, body: { success: true } });
    expect(await table.page("newest", 10)).toMatchObject({ sum: "0", count: 0, entries: [] });
    await table.add("7", "127.0.0.1");
    expect((await table.page("newest", 10)).entries.map(({ id }) => id)).toEqual([1]);
  });

  it("leaves no gaps or duplicates in the IDs when numbers are added concurrently", async () => {
    const principal: Principal = { user: "alice", grants: [ADMIN], method: "key" };
    await start({ authenticator: { authenticate: async () => ({ outcome: "authenticated", principal }) } });
    const adding = Array.from({ length: 300 }, () => table.add("1", "127.0.0.1"));
    await Promise.all([...adding, reset(admin), reset(admin), reset(admin)]);
    const { entries, ...page } = await table.page("newest", 1_000);
    expect(entries.map(({ id }) => id)).toEqual(Array.from({ length: page.count }, (_, index) => page.count - index));
  });

  it("accepts an access key and a session", async () => {
    const key = await users.directory.addKey(operator, "alice", { name: "test" });
    expect((await reset(`Bearer ${key.token}`)).status).toBe(200);
    const session = await users.directory.addSession(operator, { user: "alice", grants: [ADMIN], method: "password" });
    expect((await reset(`Bearer ${session?.token}`)).status).toBe(200);
  });

  it("is recorded in the audit log", async () => {
    const trace = "1-5759e988-bd862e3fe1be46a994272793";
    await reset(admin, { "x-amzn-trace-id": `Root=${trace}` });
    expect(users.audit.events).toEqual([
      {
        who: "alice",
        action: "reset-sum",
        target: "project_table",
        from: "203.0.113.7",
        outcome: "succeeded",
        requestId: trace,
      },
    ]);
  });

  it("is recorded as failed when the database does not respond", async () => {
    await start({ table: { reset: () => Promise.reject(new DatabaseUnavailableError("away")) } });
    expect(await reset(admin)).toMatchObject({ status: 503, body: { code: "DatabaseUnavailable" } });
    expect(outcomes()).toEqual([["alice", "failed", "DatabaseUnavailable"]]);
  });
});

describe("POST /reset_table by somebody else", () => {
  afterEach(async () => expect(await count()).toBe(1));

  it("returns 401 without credentials", async () => {
    const { status, headers, body } = await reset(undefined);
    expect([status, headers.get("www-authenticate")]).toEqual([401, expect.stringMatching(/^Basic realm=.*, Bearer /)]);
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(body).toMatchObject({ code: "Unauthenticated", error: "Sign in to use this address." });
    expect(outcomes()).toEqual([["-", "denied", "Unauthenticated"]]);
  });

  it.each([
    ["a wrong password", basicAuthorization("alice", "wrong"), "The user name or the password is wrong."],
    ["an unknown user", basicAuthorization("nobody", "wrong"), "The user name or the password is wrong."],
    ["an unknown access key", `Bearer nvk_${"x".repeat(43)}`, "The credentials are wrong or no longer valid."],
    ["another scheme", "Digest x", "The credentials are wrong or no longer valid."],
  ])("returns 401 for %s", async (_, authorization, error) => {
    const { status, headers, body } = await reset(authorization);
    expect([status, headers.get("www-authenticate")]).toEqual([401, expect.any(String)]);
    expect(body).toMatchObject({ code: "InvalidCredentials", error });
    expect(outcomes()).toEqual([["-", "denied", "InvalidCredentials"]]);
  });

  it.each<[string, readonly Grant[]]>([
    ["without grants", []],
    ["with the role writer", [{ role: "writer", prefix: "" }]],
    ["with the role admin on a folder", [{ role: "admin", prefix: "team/" }]],
  ])("returns 403 for a user %s", async (_, grants) => {
    const name = `user-${crypto.randomUUID()}`;
    expect(await reset(await basicOf(name, grants))).toMatchObject({ status: 403, body: { code: "Forbidden" } });
    expect(outcomes().at(-1)).toEqual([name, "denied", "Forbidden"]);
  });

  it("returns 403 for an access key of an administrator that grants less", async () => {
    const grants: readonly Grant[] = [{ role: "reader", prefix: "" }];
    const { token } = await users.directory.addKey(operator, "alice", { name: "reading", grants });
    expect(await reset(`Bearer ${token}`)).toMatchObject({ status: 403, body: { code: "Forbidden" } });
  });

  it("returns 429 after ten failures of the user from the address, also with the right password", async () => {
    const from = { "x-forwarded-for": "198.51.100.1, 203.0.113.9" };
    for (let failure = 0; failure < 10; failure += 1) await reset(basicAuthorization("alice", "wrong"), from);
    const { status, headers, body } = await reset(admin, from);
    expect([status, headers.get("retry-after")]).toEqual([429, "300"]);
    expect(body).toMatchObject({ code: "TooManyFailedSignIns", error: expect.stringMatching(/in 300 seconds\.$/) });
    expect(outcomes().at(-1)).toEqual(["-", "denied", "TooManyFailedSignIns"]);
    const elsewhere = await reset(basicAuthorization("alice", "wrong"), {
      "x-forwarded-for": "203.0.113.9, 192.0.2.1",
    });
    expect(elsewhere.status).toBe(401);
  });

  it.each([
    new UserStoreUnavailableError("DynamoDB did not respond"),
    new OpenIdProviderUnavailableError("The provider did not respond"),
  ])("returns 503 when the credentials cannot be verified: $code", async (error) => {
    await start({ authenticator: { authenticate: () => Promise.reject(error) } });
    const { status, headers, body } = await reset(admin);
    expect([status, headers.get("retry-after"), body.code]).toEqual([503, "5", error.code]);
    expect(outcomes()).toEqual([["-", "failed", error.code]]);
  });

  it("rejects a request of another site before the sign-in", async () => {
    const headers = { "sec-fetch-site": "cross-site" };
    expect(await reset(admin, headers)).toMatchObject({ status: 403, body: { code: "CrossOrigin" } });
    expect(await reset(undefined, headers)).toMatchObject({ status: 403, body: { code: "CrossOrigin" } });
  });

  it.each(["http", undefined, "https,http"])("rejects the credentials over another protocol: %s", async (protocol) => {
    const { status, body } = await reset(admin, { "x-forwarded-proto": protocol });
    expect([status, body.code]).toEqual([403, "HttpsRequired"]);
    expect(body.error).toContain("Configure sum.certificateArn");
    expect(outcomes()).toEqual([["-", "denied", "HttpsRequired"]]);
  });
});

it("accepts credentials over plain HTTP where the environment allows it", async () => {
  await start({ signInOverHttp: true });
  expect((await reset(admin, { "x-forwarded-proto": "http" })).status).toBe(200);
});

describe("GET /reset_service", () => {
  const page = async (protocol: string) =>
    (await send("GET", "/reset_service", { "x-forwarded-proto": protocol })).text;

  it("embeds the compiled script into its page", async () => {
    const [, script = ""] = /<script type="module">(.*?)<\/script>/s.exec(await page("https")) ?? [];
    expect(script).toContain("/reset_table");
  });

  it("explains why it has no form over plain HTTP, unless the environment allows that", async () => {
    const explained = await page("http");
    expect(explained).toContain("Resetting requires HTTPS");
    expect(explained).not.toMatch(/<form|<dialog|<script/);
    await start({ signInOverHttp: true });
    expect(await page("http")).toContain('<input type="password"');
  });
});
