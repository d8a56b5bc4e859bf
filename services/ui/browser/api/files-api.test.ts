import { expect, it } from "vitest";
import type { ApiRequest } from "./api-client.ts";
import { ApiError } from "./api-error.ts";
import { FilesApi } from "./files-api.ts";

const record = (key: string) => ({
  prefix_path: key,
  size: 1,
  date_added: "2026-01-01T00:00:00.000Z",
  content_type: "text/plain",
  etag: "e",
});

function open(respond: (path: string, request: ApiRequest) => Response) {
  const sent: string[] = [];
  const send = async (path: string, request: ApiRequest = {}) => {
    const { method = "GET", json } = request;
    sent.push(`${method} ${path}${json === undefined ? "" : ` ${JSON.stringify(json)}`}`);
    return respond(path, request);
  };
  const files = new FilesApi({
    send,
    json: async <Body>(path: string, request?: ApiRequest) => (await (await send(path, request)).json()) as Body,
  });
  return { files, sent };
}

it("lists folders and files, and finds the next page", async () => {
  const { files, sent } = open(() =>
    Response.json(
      { folders: [{ prefix: "a/b/", files: 2 }], files: [record("a/c")] },
      { headers: { link: '</api/list?cursor=x>; rel="next"' } },
    ),
  );
  const page = await files.list("a/", { field: "name", descending: true });
  expect(sent).toEqual(["GET /api/list?delimiter=%2F&limit=1000&sort=-prefix_path&prefix=a%2F"]);
  expect(page.entries).toMatchObject([
    { kind: "folder", key: "a/b/", name: "b", files: 2 },
    { kind: "file", key: "a/c", name: "c", size: 1 },
  ]);
  expect(page.next).toBe("/api/list?cursor=x");
});

it("searches in a folder", async () => {
  const { files, sent } = open(() => Response.json([record("a/report")]));
  expect((await files.search("rep", "a/")).entries).toMatchObject([{ key: "a/report" }]);
  expect(sent).toEqual(["GET /api/search?q=rep&prefix=a%2F"]);
});

it("knows a file by its whole key", async () => {
  const { files } = open(() => Response.json([record("a/b.txt")]));
  expect(await files.exists("a/b.txt")).toBe(true);
  expect(await files.exists("a/b")).toBe(false);
});

it("reads an empty file, which has no range", async () => {
  const { files } = open(() => {
    throw new ApiError("No range.", { status: 416 });
  });
  expect((await files.read("a", 10)).size).toBe(0);
});

it("deletes by a thousand, and names what could not be deleted", async () => {
  const { files, sent } = open((_path, { json }) => {
    const { keys } = json as { keys: string[] };
    return Response.json({ results: keys.map((key) => ({ key, status: key === "7" ? 403 : 204 })) });
  });
  const keys = Array.from({ length: 1001 }, (_, index) => String(index));
  expect(await files.delete(keys)).toEqual(["7"]);
  expect(sent).toHaveLength(2);
});

it("moves a large file in several requests", async () => {
  let requests = 0;
  const { files, sent } = open(() => {
    requests += 1;
    return requests < 3 ? Response.json({ uploadId: `u${requests}` }, { status: 202 }) : Response.json({ key: "b" });
  });
  await files.move("a", "b");
  expect(sent).toEqual([
    'POST /api/move {"from":"a","to":"b"}',
    'POST /api/move {"from":"a","to":"b","uploadId":"u1"}',
    'POST /api/move {"from":"a","to":"b","uploadId":"u2"}',
  ]);
});

it("restores the version before a deletion", async () => {
  const versions = [
    { version: "3", deleted: true },
    { version: "2", deleted: false },
    { version: "1", deleted: false },
  ];
  const { files, sent } = open((path) => Response.json(path.endsWith("?versions") ? versions : {}));
  expect(await files.undelete("a b")).toEqual(versions[1]);
  expect(sent).toEqual(["GET /api/files/a%20b?versions", 'POST /api/restore {"key":"a b","version":"2"}']);
});

it("reads a version", async () => {
  const { files, sent } = open(() => new Response("first"));
  expect(await (await files.readVersion("a b", "v&1")).text()).toBe("first");
  expect(sent).toEqual(["GET /api/files/a%20b?version=v%261"]);
});

it("lists all files of a folder, over several pages", async () => {
  const { files } = open((path) =>
    path.includes("cursor")
      ? Response.json([record("a/2")])
      : Response.json([record("a/1")], { headers: { link: '</api/list?cursor=x>; rel="next"' } }),
  );
  expect((await files.filesIn("a/")).map(({ key }) => key)).toEqual(["a/1", "a/2"]);
});
