import { createHash, randomBytes } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { CompanionClient, type Part } from "../support/companion-client.ts";
import { encodeKey, FilesClient } from "../support/files-client.ts";
import { FilesUser } from "../support/files-user.ts";
import { SparseContent } from "../support/sparse-content.ts";
import { target } from "../support/target.ts";
import { interruptPut, putChunks } from "../support/transfer.ts";

const { apiUrl } = target;
const files = new FilesClient();
const companion = new CompanionClient(files);
const folder = `multipart-${randomBytes(4).toString("hex")}`;
const PART_BYTES = 5 * 1024 * 1024;

afterAll(async () => {
  for (const { prefix_path: key } of await files.list({ prefix: `${folder}/` })) await files.delete(key);
});

/** Bytes that differ in every part, without a random generator for 50 MB. */
const partOf = (number: number, size = PART_BYTES): Uint8Array<ArrayBuffer> => new Uint8Array(size).fill(number);

/** The SHA-256 of a file, which is downloaded from the redirect in chunks. */
async function digestOf(key: string): Promise<string> {
  const response = await files.request(`/api/files/${encodeKey(key)}`, { redirect: "follow" });
  const hash = createHash("sha256");
  for await (const chunk of response.body ?? []) hash.update(chunk);
  return hash.digest("hex");
}

it("uploads 50 MB in parts, is interrupted, and continues with the parts that are missing", async () => {
  const key = `${folder}/docs/large \u00fc.bin`;
  const upload = await companion.start("large.bin", { relativePath: key, author: "ada" });
  expect(upload.key).toBe(key);
  for (const number of [1, 2, 5]) await companion.uploadPart(upload, number, partOf(number));

  const present = await companion.parts(upload);
  expect(present.map(({ PartNumber }) => PartNumber)).toEqual([1, 2, 5]);
  expect(await companion.complete(upload, present)).toMatchObject({ status: 400, body: { code: "MissingPart" } });

  const numbers = Array.from({ length: 10 }, (_, index) => index + 1);
  const parts: Part[] = [];
  for (const number of numbers) {
    const known = present.find(({ PartNumber }) => PartNumber === number);
    parts.push(known ?? (await companion.uploadPart(upload, number, partOf(number))));
  }
  const completed = await companion.complete(upload, parts);
  expect(completed).toMatchObject({ status: 200, body: { key, location: `${apiUrl}/${encodeKey(key)}` } });
  expect((await companion.complete(upload, parts)).body).toEqual(completed.body);

  const expected = createHash("sha256");
  for (const number of numbers) expected.update(partOf(number));
  expect(await digestOf(key)).toBe(expected.digest("hex"));
  expect(await files.listed(key)).toMatchObject({ size: 10 * PART_BYTES, content_type: "text/plain" });
});

describe("an interrupted upload", () => {
  const content = new SparseContent(3 * PART_BYTES + 1, PART_BYTES);
  const whole = createHash("sha256");
  for (const chunk of content.all()) whole.update(chunk);
  const expected = whole.digest("hex");

  it.each([1, 2, 3, 4])("continues at part %i, of which S3 has kept nothing", async (interrupted) => {
    const key = `${folder}/interrupted-${interrupted}`;
    const upload = await companion.start(key);
    const send = async (number: number): Promise<Part> => {
      const url = await companion.presign(upload, number);
      const { status, etag } = await putChunks(url, content.sizeOf(number), content.part(number));
      expect(status).toBe(200);
      return { PartNumber: number, ETag: etag };
    };
    const sent: Part[] = [];
    for (let number = 1; number < interrupted; number += 1) sent.push(await send(number));
    const [first = Buffer.of()] = content.part(interrupted);
    await interruptPut(await companion.presign(upload, interrupted), content.sizeOf(interrupted) + 1, [first]);

    const present = await companion.parts(upload);
    expect(present.map(({ PartNumber, ETag }) => ({ PartNumber, ETag }))).toEqual(sent);
    const claimed = [...sent, { PartNumber: interrupted, ETag: `"${"0".repeat(32)}"` }];
    expect(await companion.complete(upload, claimed)).toMatchObject({ status: 400, body: { code: "InvalidPart" } });
    for (let number = interrupted; number <= content.parts; number += 1) sent.push(await send(number));
    expect(await companion.complete(upload, sent)).toMatchObject({ status: 200 });
    expect(await digestOf(key)).toBe(expected);
  });
});

it("rejects a part with a wrong checksum, and keeps what it would have replaced", async () => {
  const upload = await companion.start(`${folder}/checksum`);
  const digests = { right: createHash("md5").update("part").digest("base64"), wrong: "A".repeat(22).concat("==") };
  const send = async (body: string, md5: string) =>
    putChunks(await companion.presign(upload, 1), body.length, [Buffer.from(body)], { "content-md5": md5 });
  expect(await send("part", digests.wrong)).toMatchObject({ status: 400, text: expect.stringContaining("BadDigest") });
  expect(await companion.parts(upload)).toEqual([]);
  expect(await send("part", digests.right)).toMatchObject({ status: 200 });
  expect(await send("trap", digests.right)).toMatchObject({ status: 400 });
  expect(await companion.complete(upload, await companion.parts(upload))).toMatchObject({ status: 200 });
  expect(await (await files.download(upload.key)).text()).toBe("part");
});

it("rejects parts that are unordered, too small, or not those that were uploaded", async () => {
  const upload = await companion.start(`${folder}/rejected`);
  const [one, two] = [
    await companion.uploadPart(upload, 1, partOf(1, 10)),
    await companion.uploadPart(upload, 2, partOf(2, 10)),
  ];
  for (const [parts, code] of [
    [[two, one], "InvalidPartOrder"],
    [[one, two], "PartTooSmall"],
    [[{ PartNumber: 1, ETag: two.ETag }], "InvalidPart"],
  ] as const) {
    expect(await companion.complete(upload, parts)).toMatchObject({ status: 400, body: { code } });
  }
  expect((await files.download(upload.key)).status).toBe(404);
  expect(await companion.abort(upload)).toMatchObject({ status: 200, body: {} });
  expect(await companion.complete(upload, [one])).toMatchObject({ status: 404, body: { code: "UploadNotFound" } });
});

describe("an upload", () => {
  it("is for its key only, at the API and at S3", async () => {
    const upload = await companion.start(`${folder}/mine`);
    const other = { ...upload, key: `${folder}/other` };
    const part = await companion.uploadPart(upload, 1, partOf(1, 10));
    await expect(companion.parts(other)).rejects.toThrow("UploadNotFound");
    await expect(companion.uploadPart(other, 1, partOf(9, 10))).rejects.toThrow("404");
    expect(await companion.complete(other, [part])).toMatchObject({ status: 404 });
    expect(await companion.abort(other)).toMatchObject({ status: 404 });
    expect(await companion.abort(upload)).toMatchObject({ status: 200 });
  });

  it("is for writers of its key only", async () => {
    const user = await FilesUser.create([
      { role: "reader", prefix: `${folder}/` },
      { role: "writer", prefix: `${folder}/own/` },
    ]);
    try {
      const upload = await companion.start(`${folder}/foreign`);
      const others = new CompanionClient(user.client);
      await expect(others.start(`${folder}/foreign`)).rejects.toThrow("Forbidden");
      await expect(others.start(`${folder}/own/x`, { name: `${folder}/foreign` })).rejects.toThrow("Forbidden");
      await expect(others.parts(upload)).rejects.toThrow("Forbidden");
      expect(await others.abort(upload)).toMatchObject({ status: 403 });
      expect(await others.abort(await others.start(`${folder}/own/x`))).toMatchObject({ status: 200 });
      expect(await companion.abort(upload)).toMatchObject({ status: 200 });
    } finally {
      await user.remove();
    }
  });
});

it("uploads a small file with the parameters of one request", async () => {
  const key = `${folder}/small`;
  const query = new URLSearchParams({ filename: key, type: "text/plain", "metadata[author]": "ada" });
  const { status, body } = await files.json("GET", `/s3/params?${query}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ method: "PUT", fields: { key }, expires: 900 });
  expect((await fetch(body.url, { method: "PUT", body: "small" })).status).toBe(403);
  expect((await fetch(body.url, { method: "PUT", body: "small", headers: body.headers })).status).toBe(200);
  expect(await (await files.download(key)).text()).toBe("small");
});

describe("a page of the API's origin", () => {
  const { origin } = new URL(apiUrl);
  const preflight = (url: string, from: string, method = "PUT") =>
    fetch(url, {
      method: "OPTIONS",
      headers: {
        origin: from,
        "access-control-request-method": method,
        "access-control-request-headers": "content-type,x-amz-meta-author",
      },
    });

  it("may upload to presigned URLs and read the ETag, and no other page may", async () => {
    const query = new URLSearchParams({ filename: `${folder}/page`, type: "text/plain" });
    const { url, headers } = (await files.json("GET", `/s3/params?${query}`)).body;
    const allowed = await preflight(url, origin);
    expect(allowed.status).toBe(200);
    expect(allowed.headers.get("access-control-allow-origin")).toBe(origin);
    expect(allowed.headers.get("access-control-allow-methods")).toContain("PUT");
    expect((await preflight(url, origin, "DELETE")).status).toBe(403);
    expect((await preflight(url, "https://example.org")).status).toBe(403);

    const uploaded = await fetch(url, { method: "PUT", body: "page", headers: { ...headers, origin } });
    expect(uploaded.status).toBe(200);
    expect(uploaded.headers.get("access-control-allow-origin")).toBe(origin);
    expect(uploaded.headers.get("access-control-expose-headers")).toContain("ETag");
  });

  it("may download from presigned URLs", async () => {
    const key = `${folder}/page`;
    const { url } = (await files.json("GET", `/api/download_presigned/${encodeKey(key)}`)).body;
    const response = await fetch(url, { headers: { origin } });
    expect(await response.text()).toBe("page");
    expect(response.headers.get("access-control-allow-origin")).toBe(origin);
    const foreign = await fetch(url, { headers: { origin: "https://example.org" } });
    expect(foreign.headers.get("access-control-allow-origin")).toBeNull();
    await foreign.text();
  });
});
