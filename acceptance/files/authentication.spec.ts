import { describe, expect, inject, it } from "vitest";

const { apiUrl, username, password } = inject("target");
const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

async function statusWith(authorization: string | undefined, path = "/api/list"): Promise<number> {
  const response = await fetch(apiUrl + path, authorization === undefined ? {} : { headers: { authorization } });
  await response.arrayBuffer();
  return response.status;
}

describe("authentication", () => {
  it("accepts the user with the password generated at deployment", async () => {
    expect(password).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(await statusWith(basic(`${username}:${password}`))).toBe(200);
  });

  it.each([
    ["no header", undefined, 401],
    ["a wrong password", basic(`${username}:${password}x`), 403],
    ["a truncated password", basic(`${username}:${password.slice(0, -1)}`), 403],
    ["an unknown user", basic(`someone:${password}`), 403],
    ["no colon", basic(username), 403],
    ["no base64", "Basic ***", 403],
    ["nothing after the scheme", "Basic", 403],
    ["another scheme", "Digest username=x", 403],
    ["a wrong API key", "Bearer 00000000", 403],
    ["a very long header", basic(`${username}:${"x".repeat(6_000)}`), 403],
  ])("rejects %s", async (_, authorization, status) => {
    expect(await statusWith(authorization)).toBe(status);
  });

  it("is required for every route except the health check", async () => {
    for (const path of ["/", "/example", "/api/list", "/api/upload_presigned/x", "/api/download_presigned/x"]) {
      expect(await statusWith(undefined, path), path).toBe(401);
    }
    expect(await statusWith(undefined, "/health")).toBe(200);
  });
});

describe("the health check", () => {
  it("reports the status of each dependency without details", async () => {
    const response = await fetch(`${apiUrl}/health`);
    const body = await response.text();
    expect(response.status, body).toBe(200);
    for (const name of ["database", "cache", "bucket"]) expect(body).toContain(`"${name}"`);
    expect(body).not.toContain("nv-demo-storage");
  });
});
