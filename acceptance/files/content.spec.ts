import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { curl } from "../support/curl.ts";
import { encodeKey, FilesClient } from "../support/files-client.ts";
import { useFilesFolder } from "../support/files-folder.ts";

const files = new FilesClient();
const { folder, put, owned } = useFilesFolder(files, "content");

describe("content", () => {
  it("is returned unchanged, whether binary, text or empty", async () => {
    const binary = Uint8Array.from(randomBytes(100_000));
    for (const [name, body] of [
      ["binary", binary],
      ["text", "línes\r\nof\ttext\n"],
      ["empty", ""],
    ] as const) {
      const key = await put(name, body, name === "text" ? "text/plain; charset=utf-8" : undefined);
      const response = await files.download(key);
      expect(response.status).toBe(200);
      expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from(body));
    }
  });

  it("supports conditional and range requests", async () => {
    const key = await put("range", "0123456789", "text/plain");
    const whole = await files.download(key);
    const etag = whole.headers.get("etag") ?? "";
    expect(whole.headers.get("last-modified")).toBeTruthy();
    expect(await whole.text()).toBe("0123456789");

    const same = await files.download(key, { "if-none-match": etag });
    expect(same.status).toBe(304);
    expect(await same.text()).toBe("");

    const part = await files.download(key, { range: "bytes=2-4" });
    expect(part.status).toBe(206);
    expect(part.headers.get("content-range")).toBe("bytes 2-4/10");
    expect(await part.text()).toBe("234");
    expect(await (await files.download(key, { range: "bytes=-3" })).text()).toBe("789");
    expect((await files.download(key, { range: "bytes=10-" })).status).toBe(416);

    const head = await files.request(`/api/files/${encodeKey(key)}`, { method: "HEAD" });
    expect(head.status).toBe(200);
    expect(head.headers.get("etag")).toBe(etag);
  });

  it("keeps its metadata", async () => {
    const key = owned(`${folder}/metadata`);
    const headers = { "x-meta-author": "Ada Lovelace", "x-meta-title": "=?UTF-8?B?w7w=?=" };
    const put = (extra: Record<string, string>, body = "x") =>
      files.request(`/api/upload/${encodeKey(key)}`, { method: "PUT", body, headers: { ...headers, ...extra } });
    expect((await put({})).status).toBe(200);
    const response = await files.download(key);
    expect(Object.fromEntries(response.headers)).toMatchObject(headers);
    await response.text();
    expect(await (await put({ "x-meta-large": "x".repeat(2_048) })).json()).toMatchObject({ code: "MetadataTooLarge" });
  });

  it("is compared with its digests before it is stored", async () => {
    const key = owned(`${folder}/digests`);
    const put = async (headers: Record<string, string>) => {
      const response = await files.request(`/api/upload/${encodeKey(key)}`, { method: "PUT", body: "hello", headers });
      return { status: response.status, body: await response.json() };
    };
    const [right, wrong] = ["hello", "other"].map((text) => ({
      md5: createHash("md5").update(text).digest("base64"),
      sha256: createHash("sha256").update(text).digest("base64"),
    }));
    for (const headersOf of [
      (digests = right) => ({ "content-md5": digests?.md5 ?? "" }),
      (digests = right) => ({ "x-amz-checksum-sha256": digests?.sha256 ?? "" }),
      (digests = right) => ({ "repr-digest": `sha-256=:${digests?.sha256}:` }),
    ]) {
      expect(await put(headersOf(wrong))).toMatchObject({ status: 400, body: { code: "BadDigest" } });
      expect((await files.download(key)).status).toBe(404);
      expect(await put(headersOf(right))).toMatchObject({ status: 200 });
      await files.delete(key);
    }
  });

  it("cannot run scripts in the origin of the API", async () => {
    const key = await put("page.html", "<script>alert(1)</script>", "text/html");
    const { headers } = await files.download(key);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toContain("sandbox");
  });

  it("is transferred through a presigned URL if it is too large for a function", async () => {
    const body = Uint8Array.from(randomBytes(5 * 1024 * 1024));
    const rejected = await files.upload(`${folder}/large`, body);
    expect(rejected.status).toBe(413);

    const key = owned(`${folder}/large`);
    const presigned = await files.request(`/api/upload_presigned/${encodeKey(key)}`);
    const { url } = (await presigned.json()) as { url: string };
    const local = mkdtempSync(join(tmpdir(), "nv-demo-large-"));
    try {
      writeFileSync(join(local, "large"), body);
      const put = await curl(["-f", "-T", "large", url], local);
      expect(put.code).toBe(0);
    } finally {
      rmSync(local, { recursive: true });
    }
    expect((await files.listed(key)).size).toBe(body.length);

    const redirected = await files.download(key);
    expect(redirected.status).toBe(307);
    const direct = await fetch(redirected.headers.get("location") ?? "");
    expect(Buffer.from(await direct.arrayBuffer()).equals(Buffer.from(body))).toBe(true);
  });

  it.each([4_400_000, 4_718_592, 4_718_593, 6_291_455, 6_291_456, 6_291_457])(
    "of %i bytes is accepted or rejected with 413, never with a gateway error",
    async (size) => {
      const key = owned(`${folder}/limit-${size}`);
      const response = await files.upload(key, new Uint8Array(size));
      const body = await response.text();
      expect([200, 413], body).toContain(response.status);
      if (response.status === 200) expect((await files.download(key)).status).toBeLessThan(400);
    },
  );

  it("is rejected beyond the limit of the API", async () => {
    const response = await files.upload(`${folder}/huge`, new Uint8Array(10 * 1024 * 1024 + 1));
    expect(response.status).toBe(413);
  });
});
