import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { basic, expectDocumented, FilesClient } from "../support/files-client.ts";
import { FilesUser } from "../support/files-user.ts";
import { target } from "../support/target.ts";

const { username, password } = target;
let user: FilesUser;

beforeAll(async () => {
  user = await FilesUser.create([{ role: "reader", prefix: "" }]);
});
afterAll(() => user.remove());

const list = (authorization: string) => new FilesClient(authorization).json("GET", "/api/list?limit=1");

describe("authentication", () => {
  it("accepts the bootstrap user, an administrator, with the password generated at deployment", async () => {
    expect(password).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(await new FilesClient().json("GET", "/api/me")).toMatchObject({
      status: 200,
      body: { user: username, method: "password", administrator: true },
    });
  });

  it.each([
    ["a wrong password", () => basic(user.name, `${user.password}x`)],
    ["a truncated password", () => basic(user.name, user.password.slice(0, -1))],
    ["an unknown user", () => basic("somebody-unknown", user.password)],
    ["a very long password", () => basic(user.name, "x".repeat(4_000))],
    ["no colon", () => `Basic ${Buffer.from(user.name).toString("base64")}`],
    ["no base64", () => "Basic ***"],
    ["nothing after the scheme", () => "Basic"],
    ["another scheme", () => "Digest username=x"],
    ["an unknown access key", () => `Bearer nvk_${"A".repeat(43)}`],
    ["an unsigned token", () => "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJyb290In0."],
  ])("rejects %s with a problem document and a challenge", async (_, authorization) => {
    const response = await list(authorization());
    expect(response).toMatchObject({ status: 401, body: { code: "InvalidCredentials", status: 401 } });
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("www-authenticate")).toMatch(/^Basic realm="Files", charset="UTF-8", Bearer/);
    expect(response.headers.get("x-request-id")).toBe(response.body.requestId);
  });

  it("is required for every route except the health check and the description of the API", async () => {
    const paths = ["/", "/example", "/api/list", "/api/upload_presigned/x", "/api/download_presigned/x", "/api/me"];
    for (const path of [...paths, "/api/users", "/api/keys"]) {
      const response = await fetch(target.apiUrl + path);
      await expectDocumented("GET", target.apiUrl, path, response);
      await response.arrayBuffer();
      expect(response.status, path).toBe(401);
    }
    for (const path of ["/health", "/api/openapi.json"]) {
      expect((await fetch(target.apiUrl + path)).status, path).toBe(200);
    }
  });
});

describe("the description of the API", () => {
  it("is an OpenAPI 3.1 document with an entity tag", async () => {
    const url = `${target.apiUrl}/api/openapi.json`;
    const response = await fetch(url);
    expect(await response.clone().json()).toMatchObject({ openapi: expect.stringMatching(/^3\.1\./) });
    await expectDocumented("GET", target.apiUrl, "/api/openapi.json", response);
    const etag = response.headers.get("etag") ?? "";
    expect((await fetch(url, { headers: { "if-none-match": etag } })).status).toBe(304);
  });
});

describe("failed sign-ins", () => {
  it("are limited for the user and no other, with 16 parallel clients", async () => {
    const victim = await FilesUser.create([{ role: "reader", prefix: "" }]);
    const clients = Array.from({ length: 16 }, async (_, client) => {
      const statuses: number[] = [];
      for (let guess = 0; guess < 2; guess += 1) {
        statuses.push((await list(basic(victim.name, `guess ${client} ${guess}`))).status);
      }
      return statuses;
    });
    const statuses = (await Promise.all(clients)).flat();
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(22);

    const limited = await list(basic(victim.name, victim.password));
    expect(limited).toMatchObject({ status: 429, body: { code: "TooManyFailedSignIns" } });
    const seconds = Number(limited.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(300);

    const others = Array.from({ length: 16 }, () => list(basic(user.name, user.password)));
    for (const { status } of await Promise.all(others)) expect(status).toBe(200);
    await victim.remove();
  });
});

describe("the health check", () => {
  it("reports the status of each dependency without details", async () => {
    const response = await fetch(`${target.apiUrl}/health`);
    await expectDocumented("GET", target.apiUrl, "/health", response);
    const body = await response.text();
    expect(response.status, body).toBe(200);
    for (const name of ["database", "cache", "bucket"]) expect(body).toContain(`"${name}"`);
    expect(body).not.toContain("nv-demo-storage");
  });
});
