import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { SourceWatcher } from "./source-watcher.ts";

let root: string;
let watcher: SourceWatcher;
let seen: string[];

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "nv-demo-sources-"));
  for (const path of ["services/api/index.ts", "lib/log.ts", "stacks/vpc.ts", "main.ts"]) write(path);
  watcher = new SourceWatcher(root);
  await watcher.ready();
  seen = [];
});

afterEach(async () => {
  await watcher.close();
  rmSync(root, { recursive: true });
});

function write(path: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), "text");
}

/** Saves like an editor that writes a new file and moves it over the old one. */
function replace(path: string): void {
  write(`${path}.tmp`);
  renameSync(join(root, `${path}.tmp`), join(root, path));
}

function start(): void {
  watcher.start(
    (path) => seen.push(path),
    (error) => seen.push(error.message),
  );
}

const expectSeen = (path: string) => expect.poll(() => seen).toContain(path);

it("finds a file each time that an editor replaces it", async () => {
  start();
  for (let save = 0; save < 4; save += 1) {
    seen.length = 0;
    replace("services/api/index.ts");
    await expectSeen("services/api/index.ts");
  }
  expect(new Set(seen)).toEqual(new Set(["services/api/index.ts"]));
});

it("finds new folders, removed files and the files beside the folders, and no tests", async () => {
  start();
  write("stacks/queue/queue.test.ts");
  write("stacks/queue/queue.ts");
  await expectSeen("stacks/queue/queue.ts");
  rmSync(join(root, "lib/log.ts"));
  await expectSeen("lib/log.ts");
  write("cdktf.json");
  await expectSeen("cdktf.json");
  replace("main.ts");
  await expectSeen("main.ts");
  expect(seen).not.toContain("stacks/queue/queue.test.ts");
});

it("reports what was changed before it was started", async () => {
  replace("stacks/vpc.ts");
  const other = new SourceWatcher(root);
  await other.ready(); // Much later than the event.
  await other.close();
  start();
  await expectSeen("stacks/vpc.ts");
});
