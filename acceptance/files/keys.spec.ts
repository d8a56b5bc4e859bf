import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { curl } from "../support/curl.ts";
import { encodeKey, FilesClient } from "../support/files-client.ts";
import { useFilesFolder } from "../support/files-folder.ts";
import { target } from "../support/target.ts";

const files = new FilesClient();
const { apiUrl, username, password } = target;
const { folder, put, owned } = useFilesFolder(files, "keys");

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
      owned(key);
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
