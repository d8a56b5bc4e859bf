import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type FileRecord, FilesClient, type JsonResponse } from "../support/files-client.ts";
import { useFilesFolder } from "../support/files-folder.ts";
import { target } from "../support/target.ts";

const files = new FilesClient();
const { apiUrl } = target;
const { folder, put } = useFilesFolder(files, "lists");

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
