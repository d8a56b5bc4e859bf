import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { CompanionClient, type Part } from "../support/companion-client.ts";
import { encodeKey, FilesClient } from "../support/files-client.ts";
import { FilesUser } from "../support/files-user.ts";
import { occupiedBytes } from "../support/server-usage.ts";
import { SparseContent } from "../support/sparse-content.ts";
import { target } from "../support/target.ts";
import { getChunks, putChunks } from "../support/transfer.ts";

const { kind, dataDirectory } = target;
const MIB = 1024 ** 2;
const files = new FilesClient();
const companion = new CompanionClient(files);
const folder = `copy-${randomBytes(4).toString("hex")}`;
const keyOf = (name: string): string => `${folder}/${name}`;

afterAll(async () => {
  const keys = (await files.list({ prefix: `${folder}/` })).map((record) => record.prefix_path);
  if (keys.length > 0) await files.json("POST", "/api/delete", { keys });
});

const put = async (name: string, body: string): Promise<string> => {
  const headers = { "content-type": "text/plain", "x-meta-author": "ada" };
  const path = `/api/upload/${encodeKey(keyOf(name))}`;
  expect((await files.request(path, { method: "PUT", body, headers })).status).toBe(200);
  return keyOf(name);
};
const textOf = async (key: string): Promise<string> => (await files.download(key)).text();
const send = (route: "copy" | "move", body: object) => files.json("POST", `/api/${route}`, body);

describe.each(["copy", "move"] as const)("POST /api/%s", (route) => {
  it("keeps content, type and metadata, and updates the list", async () => {
    const [from, to] = [await put(`${route}/from ü+1`, "content"), keyOf(`${route}/in/t o%`)];
    await files.listed(from);
    expect(await send(route, { from, to })).toMatchObject({ status: 200, body: { key: to } });
    const response = await files.download(to);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/plain",
      "x-meta-author": "ada",
    });
    expect(await response.text()).toBe("content");
    expect(await files.listed(to)).toMatchObject({ size: 7, content_type: "text/plain" });
    if (route === "copy") expect(await textOf(from)).toBe("content");
    else await files.unlisted(from);
  });

  it("replaces a file only on request, and never itself", async () => {
    const [from, to] = [await put(`${route}/one`, "one"), await put(`${route}/two`, "two")];
    expect(await send(route, { from, to })).toMatchObject({ status: 409, body: { code: "FileExists" } });
    expect(await send(route, { from, to: from, overwrite: true })).toMatchObject({ status: 400 });
    expect([await textOf(from), await textOf(to)]).toEqual(["one", "two"]);
    expect(await send(route, { from, to, overwrite: true })).toMatchObject({ status: 200 });
    expect(await textOf(to)).toBe("one");
    expect(await send(route, { from: keyOf("none"), to, overwrite: true })).toMatchObject({ status: 404 });
  });

  it("requires a role on both keys", async () => {
    const from = await put(`${route}/readable`, "x");
    const user = await FilesUser.create([
      { role: "reader", prefix: `${folder}/${route}/` },
      { role: "writer", prefix: `${folder}/own-${route}/` },
    ]);
    try {
      const outcome = await user.client.json("POST", `/api/${route}`, { from, to: keyOf(`own-${route}/x`) });
      expect(outcome.status).toBe(route === "copy" ? 200 : 403);
      const back = { from: keyOf(`own-${route}/x`), to: keyOf(`${route}/new`) };
      expect(await user.client.json("POST", `/api/${route}`, back)).toMatchObject({ status: 403 });
    } finally {
      await user.remove();
    }
  });
});

it("moves a file that is copied in parts", async () => {
  const [from, to] = [keyOf("large"), keyOf("large-moved")];
  // 260 MiB: above 256 MiB, files are copied in parts.
  const content = new SparseContent(260 * MIB, 52 * MIB);
  const upload = await companion.start(from, { author: "ada" });
  const parts: Part[] = [];
  const expected = createHash("sha256");
  for (let number = 1; number <= content.parts; number += 1) {
    for (const chunk of content.part(number)) expected.update(chunk);
    const url = await companion.presign(upload, number);
    const { etag } = await putChunks(url, content.sizeOf(number), content.part(number));
    parts.push({ PartNumber: number, ETag: etag });
  }
  expect(await companion.complete(upload, parts)).toMatchObject({ status: 200 });

  const occupied = (): number => (kind === "local" ? occupiedBytes(join(dataDirectory, "s3")) : 0);
  const before = occupied();
  let outcome = await send("move", { from, to });
  while (outcome.status === 202) outcome = await send("move", { from, to, uploadId: outcome.body.uploadId });
  expect(outcome).toMatchObject({ status: 200, body: { key: to } });
  expect((await files.download(from)).status).toBe(404);
  expect(occupied() - before).toBeLessThan(16 * MIB);

  const actual = createHash("sha256");
  const { headers } = await files.download(to);
  expect(await getChunks(headers.get("location") ?? "", (chunk) => actual.update(chunk))).toBe(200);
  expect(actual.digest("hex")).toBe(expected.digest("hex"));
  expect(await files.listed(to)).toMatchObject({ size: content.size, content_type: "text/plain" });
}, 120_000);
