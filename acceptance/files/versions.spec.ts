import { randomBytes } from "node:crypto";
import { afterAll, expect, it } from "vitest";
import { encodeKey, FilesClient } from "../support/files-client.ts";
import { FilesUser } from "../support/files-user.ts";

const files = new FilesClient();
const folder = `versions-${randomBytes(4).toString("hex")}`;
const key = `${folder}/plan ü.txt`;
const path = `/api/files/${encodeKey(key)}`;

afterAll(() => files.delete(key));

interface Version {
  readonly version: string;
  readonly size: number;
  readonly latest: boolean;
  readonly deleted: boolean;
}
const versions = async (): Promise<Version[]> => (await files.json("GET", `${path}?versions`)).body;
const textOf = async (query = ""): Promise<string> => (await files.request(path + query)).text();

it("lists the versions of a file, downloads an old one, and undoes a change and a deletion", async () => {
  await files.upload(key, "one", "text/plain");
  await files.upload(key, "three", "text/plain");
  await files.listed(key);
  await files.delete(key);
  const listed = await versions();
  expect(listed.map(({ size, latest, deleted }) => [size, latest, deleted])).toEqual([
    [0, true, true],
    [5, false, false],
    [3, false, false],
  ]);
  const [deletion, second, first] = listed.map(({ version }) => version);
  const paged = await files.json("GET", `${path}?versions&limit=2`);
  const [, next = ""] = /<([^>]+)>; rel="next"/.exec(paged.headers.get("link") ?? "") ?? [];
  expect((await files.json("GET", next)).body).toMatchObject([{ version: first }]);

  expect(await textOf(`?version=${first}`)).toBe("one");
  expect((await files.request(`${path}?version=${deletion}`)).status).toBe(404);
  expect((await files.request(`${path}?version=none`)).status).toBe(404);
  expect((await files.request(path)).status).toBe(404);

  const restore = (version: string | undefined) => files.json("POST", "/api/restore", { key, version });
  expect(await restore(second)).toMatchObject({ status: 200, body: { key } });
  expect(await textOf()).toBe("three");
  expect(await files.listed(key)).toMatchObject({ size: 5, content_type: "text/plain" });
  expect(await restore(first)).toMatchObject({ status: 200 });
  expect(await textOf()).toBe("one");
  expect(await restore(deletion)).toMatchObject({ status: 404, body: { code: "VersionNotFound" } });
});

it("shows versions to readers of the file, and lets writers restore them", async () => {
  const user = await FilesUser.create([{ role: "reader", prefix: `${folder}/` }]);
  const other = await FilesUser.create([{ role: "admin", prefix: "elsewhere/" }]);
  try {
    const [latest] = await versions();
    expect(await user.client.json("GET", `${path}?versions`)).toMatchObject({ status: 200 });
    const body = { key, version: latest?.version };
    expect(await user.client.json("POST", "/api/restore", body)).toMatchObject({ status: 403 });
    for (const query of ["?versions", `?version=${latest?.version}`]) {
      expect(await other.client.json("GET", path + query)).toMatchObject({ status: 403 });
    }
  } finally {
    await Promise.all([user.remove(), other.remove()]);
  }
});
