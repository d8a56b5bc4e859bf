import { randomBytes } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { S3 } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { clientSettings } from "../support/client-settings.ts";
import { type CommandResult, command } from "../support/command.ts";
import { basic, FilesClient } from "../support/files-client.ts";
import { target } from "../support/target.ts";

const { apiUrl, kind, prefix } = target;

const run = (script: string, ...args: readonly string[]): Promise<CommandResult> =>
  command("npm", ["run", "--silent", script, "--", "local", ...args], { NV_DEMO_DATA: target.dataDirectory });
const logs = (...args: readonly string[]) => run("logs", ...args);

/** The rows of a query as objects. */
async function rows(statement: string): Promise<Record<string, unknown>[]> {
  const { code, stdout, output } = await logs(statement, "--json");
  expect(code, output).toBe(0);
  return JSON.parse(stdout);
}

/** A word of letters that occurs nowhere else. */
const unique = (word: string) =>
  `${word}${Array.from(randomBytes(10), (byte) => String.fromCharCode(97 + (byte % 26))).join("")}`;

/** The text of every version of every object in the bucket of the lake. */
async function lakeContent(): Promise<string> {
  const s3 = new S3({ ...clientSettings(target.awsVariables), forcePathStyle: true });
  try {
    const Bucket = `${prefix}-log-lake`;
    const { Versions = [], IsTruncated } = await s3.listObjectVersions({ Bucket });
    expect(IsTruncated).toBe(false);
    const texts = Versions.map(async ({ Key, VersionId }) => {
      const { Body } = await s3.getObject({ Bucket, Key, VersionId });
      return gunzipSync((await Body?.transformToByteArray()) ?? "").toString();
    });
    return (await Promise.all(texts)).join("");
  } finally {
    s3.destroy();
  }
}

describe.skipIf(kind !== "local")("the log lake", () => {
  it("receives the logs of all systems", async () => {
    await new FilesClient().request("/api/list");
    for (const url of [target.helloUrls.live, target.releasesUrls.live, target.shoutUrl, target.sumUrl]) {
      await (await fetch(`${url}/health`)).arrayBuffer();
    }
    const services = async () => (await rows("select distinct service from entries")).map(({ service }) => service);
    const expected = ["api", "api-gateway", "audit", "postgres", "hello", "build-info", "shout", "adder", "display"];
    await expect.poll(services).toEqual(expect.arrayContaining(expected));
  });

  it("has a request by its ID within seconds, as a table, JSON and CSV", async () => {
    const response = await new FilesClient().request("/api/list?limit=1");
    const id = response.headers.get("x-request-id");
    const statement = `select route, status from entries where message = 'Request' and request_id = '${id}'`;
    await expect.poll(() => rows(statement)).toEqual([{ route: "GET /api/list", status: 200 }]);
    expect((await logs(statement)).stdout).toBe("route          status\nGET /api/list     200\n");
    expect((await logs(statement, "--csv")).stdout).toBe("route,status\r\nGET /api/list,200\n");
  });

  it.each(["slowest", "errors", "audit", "deletions", "client-errors", "cost", "rejected"])(
    "has the saved query %s",
    async (name) => {
      const { code, output } = await logs(name);
      expect(code, output).toBe(0);
      expect(output).toMatch(/\d+ rows?, [\d.]+ KB read\.\n$/);
    },
  );

  it("lists the saved queries", async () => {
    const { stdout } = await logs();
    expect(stdout).toMatch(/^ {2}slowest +The slowest requests of the last 7 days$/m);
  });

  it.each([
    [["selects"], 2, "no function, log group or saved query"],
    [["select strftime(now(), '%Y')"], 1, "Function 'strftime' not registered"],
    [["select nothing from entries"], 1, "COLUMN_NOT_FOUND"],
    [["delete from entries"], 2, "no function, log group or saved query"],
    [["slowest", "--follow"], 2, "only for log groups"],
    [["api", "--csv"], 2, "--csv is only for queries"],
  ])("rejects %j", async (args, exitCode, message) => {
    const { code, output } = await logs(...args);
    expect(output).toContain(message);
    expect(output).not.toMatch(/^\s+at /m);
    expect(code).toBe(exitCode);
  });

  it("contains no password, signature, query, path, address or name of a person of Hello", async () => {
    const files = new FilesClient();
    const [password, text, key, person] = ["Pass", "Query", "Key", "Person"].map(unique);
    await fetch(`${apiUrl}/api/list`, { headers: { authorization: basic("nobody", String(password)) } });
    await files.request(`/api/list?prefix=${text}`);
    await files.request(`/api/files/${key}`);
    await fetch(`${target.helloUrls.live}/hello/${person}`, { method: "PUT", body: '{"dateOfBirth":"2000-01-01"}' });
    const { body } = await files.json("GET", `/api/upload_presigned/${unique("lake/presigned")}`);
    await fetch((body as { url: string }).url, { method: "PUT", body: "content" });
    const last = await files.request("/api/me");
    const id = last.headers.get("x-request-id");
    const found = () => rows(`select count(*) as n from entries where message = 'Request' and request_id = '${id}'`);
    await expect.poll(found).toEqual([{ n: 1 }]);
    const greeted = "select count(*) as n from entries where service = 'hello' and route like 'PUT %'";
    await expect.poll(async () => Number((await rows(greeted))[0]?.n)).toBeGreaterThan(0);
    const content = await lakeContent();
    for (const canary of [password, text, key, person, target.password, "X-Amz-Signature", "127.0.0.1"]) {
      expect(content.includes(String(canary)), String(canary)).toBe(false);
    }
    await fetch(`${target.helloUrls.live}/hello/${person}`, { method: "DELETE" });
  });

  it("forgets a user", async () => {
    const name = unique("lake").slice(0, 14);
    const { code, stdout, output } = await run("user", "add", name, "--role", "writer", "--prefix", "lake/");
    expect(code, output).toBe(0);
    await new FilesClient(basic(name, stdout.trim())).upload("lake/file", "content");
    const actions = async () =>
      (await rows(`select action from entries where user_name = '${name}' or target = '${name}' order by time`)).map(
        ({ action }) => action,
      );
    // The entry of the command, that of the upload in the audit log, and the request.
    await expect.poll(actions).toEqual(expect.arrayContaining(["add-user", "upload-file", null]));
    expect((await run("user", "remove", name, "--yes")).code).toBe(0);
    await expect.poll(actions).toContain("remove-user");
    const erased = await run("user", "erase", name, "--yes");
    expect(erased.output).toMatch(new RegExp(`Removed \\d+ entries of ${name} from \\d+ objects`));
    expect(await actions()).toEqual([]);
    expect(await lakeContent()).not.toContain(name);
    await new FilesClient().delete("lake/file");
  });
});
