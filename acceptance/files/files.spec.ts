import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, inject, it } from "vitest";
import { curl } from "../support/curl.ts";
import { encodeKey, type FileRecord, FilesClient, type JsonResponse } from "../support/files-client.ts";

const files = new FilesClient();
const { apiUrl, username, password } = inject("target");
/** The prefix of all keys that this file creates. */
const folder = `spec-${randomBytes(4).toString("hex")}`;
const created = new Set<string>();

async function put(name: string, body: string | Uint8Array<ArrayBuffer>, contentType?: string): Promise<string> {
  const key = `${folder}/${name}`;
  created.add(key);
  const response = await files.upload(key, body, contentType);
  expect(response.status, await response.clone().text()).toBe(200);
  expect(await response.json()).toBe("File uploaded");
  return key;
}

afterAll(async () => {
  for (const key of created) await files.delete(key);
});

/** Escapes everything but letters, digits and `-._~/`, as the addresses of files do. */
const encodePath = (key: string): string =>
  encodeKey(key).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

describe("keys", () => {
  it.each([
    "plain.txt",
    "a b + c%2B.txt",
    "ünïcödé-日本語-🎉.txt",
    "cafe\u0301 and caf\u00e9",
    "quotes'\"&<>.txt",
    "trailing.dot.",
    "deep/er/still/file",
    "100%",
    "question?mark#hash",
    "trailing slash/",
    "\u202eright-to-left",
  ])("stores and returns the key %s unchanged", async (name) => {
    const key = await put(name, `content of ${name}`, "text/plain");
    const record = await files.listed(key);
    expect(record).toMatchObject({ prefix_path: key, filename: name.split("/").at(-1) });
    const response = await files.download(key);
    expect(await response.text()).toBe(`content of ${name}`);
    expect(response.headers.get("content-type")).toContain("text/plain");
    expect(record.url).toBe(`${apiUrl}/${encodePath(key)}`);
    expect(await (await files.request(record.url.slice(apiUrl.length))).text()).toBe(`content of ${name}`);
  });

  it.each(["health", "api", "api/list", "api/users", "api/files/x"])(
    "has an address for the key %s, at which there is another route",
    async (key) => {
      const before = await files.list({ prefix: key });
      if (before.some(({ prefix_path }) => prefix_path === key)) return; // The file of somebody else.
      created.add(key);
      expect((await files.upload(key, `content of ${key}`)).status).toBe(200);
      const { url } = await files.listed(key);
      expect(url).toBe(`${apiUrl}/api/files/${key}`);
      expect(await (await files.request(url.slice(apiUrl.length))).text()).toBe(`content of ${key}`);
      expect((await files.delete(key)).status).toBe(204);
    },
  );

  it("separates files with the same name in different folders", async () => {
    const one = await put("x/same", "one");
    const two = await put("y/same", "two");
    await Promise.all([files.listed(one), files.listed(two)]);
    expect(await (await files.download(one)).text()).toBe("one");
    expect(await (await files.download(two)).text()).toBe("two");

    const ambiguous = await files.request("/same");
    expect(ambiguous.status).toBe(409);
    const problem = await ambiguous.text();
    expect(problem).toContain(one);
    expect(problem).toContain(two);
  });

  it("finds a file by its name without folder if the name is unique", async () => {
    const name = `only-${randomBytes(4).toString("hex")}`;
    await files.listed(await put(`far/away/${name}`, "found"));
    expect(await (await files.request(`/${name}`)).text()).toBe("found");
  });

  it.each([
    ["a NUL", "a%00b"],
    ["a line break", "a%0Ab"],
    ["a DEL", "a%7Fb"],
    ["a leading slash", "%2Fetc/passwd"],
    ["1025 bytes", "k".repeat(1025)],
  ])("rejects a key with %s", async (_, path) => {
    const response = await files.request(`/api/upload/${path}`, { method: "PUT", body: "x" });
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(await response.json()).toMatchObject({
      status: 400,
      code: expect.any(String),
      requestId: expect.any(String),
    });
  });

  it.each(["a/../b", "a/./b", "a/%2e%2e/b", "..", "../../etc/passwd"])(
    "rejects the unnormalized path %s",
    async (path) => {
      const signIn = ["-u", `${username}:${password}`, "--path-as-is", "-w", "%{http_code}", "-o", "/dev/null"];
      const { stdout } = await curl([...signIn, "-XPUT", "-d", "x", `${apiUrl}/api/upload/${path}`]);
      expect(stdout.toString()).toBe("400");
    },
  );

  it("accepts a key of 1024 bytes", async () => {
    const key = await put("k".repeat(1024 - folder.length - 1), "long");
    expect(await (await files.download(key)).text()).toBe("long");
  });
});

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
    const key = `${folder}/metadata`;
    created.add(key);
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
    const key = `${folder}/digests`;
    created.add(key);
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

    const key = `${folder}/large`;
    created.add(key);
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
      const key = `${folder}/limit-${size}`;
      created.add(key);
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

describe("presigned URLs", () => {
  it("allow a download without authentication, but no other request", async () => {
    const key = await put("shared", "for everyone with the URL");
    await files.listed(key);
    const response = await files.request(`/api/download_presigned/${encodeKey(key)}`);
    const { url } = (await response.json()) as { url: string };
    expect(await (await fetch(url)).text()).toBe("for everyone with the URL");
    expect((await fetch(url.replace("shared", "other"))).status).toBe(403);
    expect((await fetch(url, { method: "PUT", body: "x" })).status).toBe(403);
  });

  it("restrict an upload by curl to a size, a type and a checksum", async () => {
    const key = `${folder}/restricted`;
    created.add(key);
    const local = mkdtempSync(join(tmpdir(), "nv-demo-restricted-"));
    try {
      writeFileSync(join(local, "file"), "hello");
      writeFileSync(join(local, "longer"), "hello!");
      writeFileSync(join(local, "other"), "hullo");
      const sha256 = createHash("sha256").update("hello").digest("hex");
      const query = new URLSearchParams({ size: "5", type: "text/plain", sha256 });
      const presigned = await files.json("GET", `/api/upload_presigned/${encodeKey(key)}?${query}`);
      const { url, headers } = presigned.body as { url: string; headers: Record<string, string> };
      const put = async (file: string, sent: Record<string, string>) => {
        const options = Object.entries(sent).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
        const { stdout } = await curl(["-o", "/dev/null", "-w", "%{http_code}", "-T", file, ...options, url], local);
        return Number(stdout.toString());
      };
      const { "content-length": length, ...others } = headers;
      expect(length).toBe("5");
      expect(await put("longer", others)).toBe(403);
      expect(await put("other", others)).toBe(400);
      expect(await put("file", { ...others, "content-type": "text/html" })).toBe(403);
      expect(await put("file", { "content-type": "text/plain" })).toBe(403);
      expect(await put("file", {})).toBe(403);
      expect((await files.download(key)).status).toBe(404);
      expect(await put("file", others)).toBe(200);
      expect(await put("file", headers)).toBe(200);
    } finally {
      rmSync(local, { recursive: true });
    }
    expect(await (await files.download(key)).text()).toBe("hello");
  });

  it("are not issued for missing files or invalid expiry times", async () => {
    expect((await files.request(`/api/download_presigned/${folder}/nothing`)).status).toBe(404);
    for (const expires of ["0", "-1", "100000", "soon"]) {
      const response = await files.request(`/api/upload_presigned/${folder}/x?expires=${expires}`);
      expect(response.status, expires).toBe(400);
    }
  });
});

describe("lists", () => {
  it("are paginated by a cursor without gaps or duplicates, and filtered by prefix", async () => {
    const keys = await Promise.all(Array.from({ length: 7 }, (_, index) => put(`page/${index}`, `${index}`)));
    for (const key of keys) await files.listed(key);
    const seen: string[] = [];
    let next: string | undefined = `/api/list?prefix=${folder}/page/&limit=3`;
    while (next) {
      const response: Response = await files.request(next);
      seen.push(...((await response.json()) as { prefix_path: string }[]).map(({ prefix_path }) => prefix_path));
      const link: string | undefined = /<([^>]+)>; rel="next"/.exec(response.headers.get("link") ?? "")?.[1];
      next = link?.replace(apiUrl, "");
    }
    expect(seen.toSorted()).toEqual(keys.toSorted());
    expect(new Set(seen).size).toBe(7);
  });

  it("are sorted by size and name", async () => {
    const keys = [await put("sorted/b/1", "22"), await put("sorted/a/2", "1"), await put("sorted/c/0", "333")];
    for (const key of keys) await files.listed(key);
    const sorted = async (sort: string) =>
      (await files.list({ prefix: `${folder}/sorted/`, sort })).map(({ filename }) => filename);
    expect(await sorted("size")).toEqual(["2", "1", "0"]);
    expect(await sorted("-size")).toEqual(["0", "1", "2"]);
    expect(await sorted("filename")).toEqual(["0", "1", "2"]);
    expect(await sorted("-filename")).toEqual(["2", "1", "0"]);
  });

  it("show folders and files below a prefix, page by page", async () => {
    const keys = [];
    for (const name of ["a", "b/1", "b/2", "b/c/3", "d", "e/4"]) keys.push(await put(`tree/${name}`, name));
    for (const key of keys) await files.listed(key);
    const tree = `${folder}/tree/`;
    const { body } = await files.json("GET", `/api/list?delimiter=/&counts=true&prefix=${tree}`);
    expect(body.folders).toEqual([
      { prefix: `${tree}b/`, files: 3, size: 11 },
      { prefix: `${tree}e/`, files: 1, size: 3 },
    ]);
    expect(body.files).toMatchObject([
      { filename: "a", url: `${apiUrl}/${tree}a` },
      { filename: "d", url: `${apiUrl}/${tree}d` },
    ]);
    const seen: string[] = [];
    let next: string | undefined = `/api/list?delimiter=/&limit=1&sort=-prefix_path&prefix=${tree}`;
    while (next) {
      const page: JsonResponse = await files.json("GET", next);
      const names = [
        ...page.body.folders.map(({ prefix }: { prefix: string }) => prefix),
        ...page.body.files.map(({ prefix_path }: FileRecord) => prefix_path),
      ];
      expect(names).toHaveLength(1);
      seen.push(...names);
      next = /<([^>]+)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1];
    }
    expect(seen).toEqual(["e/", "d", "b/", "a"].map((name) => tree + name));
  });

  it("reject invalid limits, cursors and parameters", async () => {
    for (const query of ["limit=0", "limit=1001", "limit=many", "cursor=tampered", "sort=sideways", "delimiter=|"]) {
      expect((await files.request(`/api/list?${query}`)).status, query).toBe(400);
    }
  });
});

describe("a search", () => {
  it("finds files without regard to case and accents, best first, page by page", async () => {
    const word = `Café${randomBytes(4).toString("hex")}`;
    const keys = [
      await put(`search/${word}`, "1"),
      await put(`search/${word}.txt`, "2"),
      await put(`search/old ${word}`, "3"),
      await put(`search/${word}/menu`, "4"),
    ];
    for (const key of keys) await files.listed(key);
    const seen: string[] = [];
    let next: string | undefined = `/api/search?limit=3&q=${word.replace("é", "E").toUpperCase()}`;
    while (next) {
      const page: JsonResponse = await files.json("GET", next);
      expect(page.status).toBe(200);
      seen.push(...page.body.map(({ prefix_path }: FileRecord) => prefix_path));
      next = /<([^>]+)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1];
    }
    expect(seen).toEqual(keys);
  });

  it("requires a text of 1 to 100 characters", async () => {
    for (const query of ["", "?q=", `?q=${"a".repeat(101)}`]) {
      expect(await files.json("GET", `/api/search${query}`)).toMatchObject({ status: 400, body: { parameter: "q" } });
    }
  });
});

describe("deleting", () => {
  it("removes the file immediately and its record by the event", async () => {
    const key = await put("deleted", "content");
    await files.listed(key);
    expect((await files.delete(key)).status).toBe(204);
    await files.unlisted(key);
    expect((await files.download(key)).status).toBe(404);
  });
});

describe("deleting with conditions", () => {
  it("leaves a file that has changed", async () => {
    const key = await put("conditional", "one");
    const { headers } = await files.download(key);
    await put("conditional", "two");
    const remove = (tags: string) =>
      files.request(`/api/files/${encodeKey(key)}`, { method: "DELETE", headers: { "if-match": tags } });
    for (const tags of [headers.get("etag") ?? "", '"x", "y"']) expect((await remove(tags)).status).toBe(412);
    const current = (await files.download(key)).headers.get("etag") ?? "";
    expect((await remove(`W/${current}`)).status).toBe(412);
    expect(await (await files.download(key)).text()).toBe("two");
    expect((await remove(current)).status).toBe(204);
    expect((await remove("*")).status).toBe(412);
    expect((await remove(current)).status).toBe(412);
  });

  it("deletes several files with a result for each", async () => {
    const keys = await Promise.all(["many/one", "many/two & <three>"].map((name) => put(name, "content")));
    const missing = `${folder}/many/missing`;
    const { status, body } = await files.json("POST", "/api/delete", { keys: [...keys, missing, "/invalid"] });
    expect(status).toBe(200);
    expect(body.results).toEqual([
      ...[...keys, missing].map((key) => ({ key, status: 204 })),
      { key: "/invalid", status: 400, code: "InvalidKey" },
    ]);
    for (const key of keys) expect((await files.download(key)).status).toBe(404);
  });
});

describe("unknown paths", () => {
  it.each(["/api/nothing", "/api", `/${folder}-not-there`])("return 404: %s", async (path) => {
    const response = await files.request(path);
    expect(response.status).toBe(404);
  });
});
