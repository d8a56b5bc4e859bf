import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { services } from "../../services/services.ts";
import { readBundleHashes, readReceipt, receiptFile, writeReceipt } from "./receipt.ts";

const SERVICE = services.hello;
const RESULT = { sha256: "hash", size: 3, unzippedSize: 9 };
const SAVED = new Date("2026-11-28T10:00:00Z");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nv-demo-receipt-"));
  for (const name of ["package-lock.json", "a.ts", "b.ts"]) save(name, SAVED);
  writeFileSync(join(folder, "hello.zip"), "zip");
});
afterEach(() => rmSync(folder, { recursive: true }));

function save(name: string, time: Date): void {
  writeFileSync(join(folder, name), "text");
  utimesSync(join(folder, name), time, time);
}

const later = (milliseconds: number) => new Date(SAVED.getTime() + milliseconds);
const write = (startedAt: Date) =>
  writeReceipt(receiptFile(folder, "hello"), folder, SERVICE, ["a.ts", "b.ts"], startedAt.getTime(), RESULT);
const read = (service = SERVICE) =>
  readReceipt(receiptFile(folder, "hello"), folder, service, join(folder, "hello.zip"));

it("returns the result of the build until a source, a package or the service changes", async () => {
  await write(later(1_000));
  expect(await read()).toEqual(RESULT);
  expect(await read({ ...SERVICE, handler: "index.other" } as unknown as typeof SERVICE)).toBeUndefined();
  for (const name of ["b.ts", "package-lock.json"]) {
    save(name, later(2_000));
    expect(await read()).toBeUndefined();
    save(name, SAVED);
    expect(await read()).toEqual(RESULT);
  }
  rmSync(join(folder, "a.ts"));
  expect(await read()).toBeUndefined();
});

it("does not count for a source that was saved during the build", async () => {
  save("b.ts", later(1_100));
  await write(later(1_000));
  expect(await read()).toBeUndefined();
});

it("lists the hashes of all bundles of a folder", async () => {
  await write(later(1_000));
  expect(await readBundleHashes(folder)).toEqual(new Map([["hello", "hash"]]));
});
