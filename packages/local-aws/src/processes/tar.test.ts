import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readTar, writeTar } from "./tar.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tar-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("reads the archives that it writes", async () => {
  const path = fc.stringMatching(/^[a-z]{1,20}(\/[a-z]{1,20}){0,3}$/);
  const file = fc.record({ path, content: fc.uint8Array({ maxLength: 2_000 }) });
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(file, { selector: (one) => one.path }), async (files) => {
      const read = (await readTar(await writeTar(files))).map(({ path, content }) => ({
        path,
        content: Uint8Array.from(content),
      }));
      expect(read).toEqual(files.map(({ path, content }) => ({ path, content: Uint8Array.from(content) })));
    }),
  );
});

it("writes archives that tar reads, and reads those that tar writes", async () => {
  writeFileSync(join(folder, "a.tar"), await writeTar([{ path: "app/index.mjs", content: Buffer.from("hello") }]));
  expect(spawnSync("tar", ["-xf", "a.tar"], { cwd: folder }).status).toBe(0);
  expect(readFileSync(join(folder, "app", "index.mjs"), "utf8")).toBe("hello");
  spawnSync("tar", ["--format=ustar", "-cf", "b.tar", "./app"], { cwd: folder });
  const [file] = await readTar(readFileSync(join(folder, "b.tar")));
  expect([file?.path, Buffer.from(file?.content ?? []).toString()]).toEqual(["app/index.mjs", "hello"]);
});

it("writes the same bytes for the same files", async () => {
  const files = [{ path: "a", content: Buffer.from("a") }];
  expect(await writeTar(files)).toEqual(await writeTar(files));
});

it("rejects a path that leads out of the folder", async () => {
  const archive = await writeTar([{ path: "a/../../etc/passwd", content: new Uint8Array() }]);
  await expect(readTar(archive)).rejects.toThrow("out of the folder");
});
