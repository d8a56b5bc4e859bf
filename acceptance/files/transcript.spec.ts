import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { curl } from "../support/curl.ts";
import { EVENTUALLY, type FileRecord, FilesClient } from "../support/files-client.ts";
import { target } from "../support/target.ts";

/** The curl commands of the README. */
const { apiUrl, username, password, prefix } = target;
const signIn = ["-u", `${username}:${password}`];
const example = Buffer.from("The quick brown fox\njumps over the lazy dog.\n");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "nv-demo-transcript-"));
  writeFileSync(join(folder, "example"), example);
  writeFileSync(join(folder, "anotherfile"), Buffer.from([0x00, 0xff, 0x80, 0x0d, 0x0a, 0xc3, 0x28]));
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  const files = new FilesClient();
  await Promise.all(["example", "anotherfile"].map((key) => files.delete(key)));
});

it("uploads, lists and downloads with the commands of the README", async () => {
  for (const name of ["example", "anotherfile"]) {
    const uploaded = await curl([...signIn, "-XPUT", "-T", name, `${apiUrl}/api/upload/${name}`], folder);
    expect(uploaded.stdout.toString()).toBe('"File uploaded"');
  }
  const list = async () => JSON.parse((await curl([...signIn, apiUrl])).stdout.toString()) as FileRecord[];
  await expect
    .poll(async () => (await list()).map((record) => record.prefix_path), EVENTUALLY)
    .toEqual(expect.arrayContaining(["example", "anotherfile"]));
  const record = (await list()).find(({ prefix_path }) => prefix_path === "example");
  expect(record).toMatchObject({ filename: "example", s3_bucket: `${prefix}-storage`, size: example.length });
  expect(record?.date_added).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

  expect(record?.url).toBe(`${apiUrl}/example`);
  for (const { prefix_path, url } of await list()) {
    if (!["example", "anotherfile"].includes(prefix_path)) continue;
    expect((await curl([...signIn, url])).stdout).toEqual(readFileSync(join(folder, prefix_path)));
  }

  expect((await curl([...signIn, `${apiUrl}/example`])).stdout).toEqual(example);
  const binary = await curl([...signIn, `${apiUrl}/anotherfile`]);
  expect([...binary.stdout]).toEqual([0x00, 0xff, 0x80, 0x0d, 0x0a, 0xc3, 0x28]);
});
