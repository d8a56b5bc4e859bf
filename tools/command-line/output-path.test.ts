import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createOutputFolder, OutputPathError, writeOutputFile } from "./output-path.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nv-demo-output-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("writes files and creates folders", () => {
  createOutputFolder(join(folder, "a", "b"));
  writeOutputFile(join(folder, "a", "b", "c"), "text");
  expect(readFileSync(join(folder, "a", "b", "c"), "utf8")).toBe("text");
});

it("names the path that cannot be written", () => {
  writeFileSync(join(folder, "file"), "");
  const path = join(folder, "file", "below");
  for (const write of [() => writeOutputFile(path, ""), () => createOutputFolder(path)]) {
    expect(write).toThrow(OutputPathError);
    expect(write).toThrow(`Cannot write ${path}: `);
  }
});
