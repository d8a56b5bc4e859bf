import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { basic } from "../support/files-client.ts";
import { ROOT } from "../support/root.ts";
import { target } from "../support/target.ts";

const { apiUrl, kind, dataDirectory } = target;

interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `npm run user -- local` in a process of its own. */
function user(line: string, input = ""): Promise<Result> {
  return new Promise((resolve, reject) => {
    const args = ["run", "--silent", "user", "--", "local", ...line.split(" ")];
    const child = spawn("npm", args, { cwd: ROOT, env: { ...process.env, NV_DEMO_DATA: dataDirectory } });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => {
      stdout += String(chunk);
    });
    child.stderr.on("data", (chunk) => {
      stderr += String(chunk);
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(input);
  });
}

/** Requires success. @returns the only line of the standard output. */
async function secretOf(line: string): Promise<string> {
  const { code, stdout, stderr } = await user(line);
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(/^\S+\n$/);
  expect(stderr).not.toContain(stdout.trim());
  return stdout.trim();
}

async function status(authorization: string, path: string, init: RequestInit = {}): Promise<number> {
  const response = await fetch(apiUrl + path, { ...init, headers: { authorization } });
  await response.arrayBuffer();
  return response.status;
}

describe.skipIf(kind !== "local")("npm run user", () => {
  // Names and folders that no earlier run has used.
  const id = randomUUID().slice(0, 8);
  const name = `ann-${id}`;
  const folder = `team-${id}/`;
  let password: string;

  beforeAll(async () => {
    password = await secretOf(`add ${name} --role writer --prefix ${folder}`);
  });
  afterAll(async () => {
    await user(`remove ${name} --yes`);
  });

  it("adds a user who signs in with the printed password", async () => {
    const response = await fetch(`${apiUrl}/api/me`, { headers: { authorization: basic(name, password) } });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      user: name,
      method: "password",
      grants: [{ role: "writer", prefix: folder }],
    });
    expect(await status(basic(name, `${password}x`), "/api/me")).toBe(401);
  });

  it("limits the user to the folder of the grant", async () => {
    const authorization = basic(name, password);
    const put = { method: "PUT", body: "plan" };
    expect(await status(authorization, `/api/upload/${folder}plan`, put)).toBe(200);
    expect(await status(authorization, `/api/files/${folder}plan`)).toBe(200);
    expect(await status(authorization, `/api/upload/other-${id}`, put)).toBe(403);
    expect(await status(authorization, `/api/files/${folder}plan`, { method: "DELETE" })).toBe(204);
  });

  it("adds an access key, which programs sign in with, and revokes it", async () => {
    const token = await secretOf(`key add ${name} laptop --role reader --prefix ${folder} --expires 1h`);
    const unused = await secretOf(`key add ${name} unused --expires 2099-01-31`);
    expect(await status(`Bearer ${token}`, `/api/list?prefix=${folder}`)).toBe(200);
    expect(await status(`Bearer ${token}`, `/api/upload/${folder}plan`, { method: "PUT", body: "x" })).toBe(403);

    const { stdout } = await user(`key list ${name} --json`);
    const keys = JSON.parse(stdout) as { id: string; name: string; expires: string }[];
    expect(keys.map((key) => key.name)).toEqual(["laptop", "unused"]);
    expect(stdout).not.toContain("nvk_");
    const revoked = await user(`key revoke ${name} ${keys[1]?.id}`);
    expect(revoked).toMatchObject({ code: 0, stderr: expect.stringContaining("within 300 seconds") });
    // API Gateway has no cached sign-in with a key that was never used.
    expect(await status(`Bearer ${unused}`, "/api/me")).toBe(401);
  });

  it("takes a password from a pipe", async () => {
    const { code, stdout, stderr } = await user(`password ${name} --password-stdin`, "correct horse battery\n");
    expect([code, stdout], stderr).toEqual([0, ""]);
    expect(stderr).not.toContain("horse");
    expect(await status(basic(name, "correct horse battery"), "/api/me")).toBe(200);
  });

  it("disables a user and lists the state", async () => {
    const token = await secretOf(`key add ${name} before`);
    expect((await user(`disable ${name}`)).code).toBe(0);
    expect(await status(`Bearer ${token}`, "/api/me")).toBe(401);
    const { stdout } = await user("list");
    expect(stdout).toMatch(new RegExp(`^${name} +disabled +yes +\\d+ +writer on ${folder}$`, "m"));
    expect((await user(`enable ${name}`)).code).toBe(0);
  });

  it("refuses a password as an argument, a missing user and the last administrator", async () => {
    const argument = await user(`password ${name} --password hunter2-hunter2`);
    expect(argument.code).toBe(2);
    expect(argument.stderr).toContain("--password-stdin");
    expect(argument.stderr).not.toContain("hunter2");
    const missing = await user(`disable ${name}x`);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain(`Did you mean "${name}"?`);
    const { username } = target;
    const last = await user(`disable ${username}`);
    expect(last.code).toBe(1);
    expect(last.stderr).toContain("last administrator");
  });
});
