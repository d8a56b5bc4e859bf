import { describe, expect, it } from "vitest";
import { encodeKey, FilesClient } from "../support/files-client.ts";
import { useFilesFolder } from "../support/files-folder.ts";

const files = new FilesClient();
const { folder, put } = useFilesFolder(files, "deleting");

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
