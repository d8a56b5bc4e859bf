import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, expect, it } from "vitest";
import { publish } from "./move-stages.ts";
import { packageProgram } from "./package-program.ts";

const folder = mkdtempSync(join(tmpdir(), "nv-demo-release-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("packs the program under the name that the function's handler refers to", () => {
  const file = join(folder, "again.mjs");
  writeFileSync(file, "export const handler = async () => 1;");
  const files = unzipSync(packageProgram(file));
  expect(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)])).toEqual([
    ["index.mjs", "export const handler = async () => 1;"],
  ]);
});

it("names the file that cannot be read", () => {
  expect(() => packageProgram(join(folder, "missing.mjs"))).toThrow(/missing\.mjs cannot be read: ENOENT/);
});

it("rejects prod before it reads the file", () => {
  expect(() => publish("prod", join(folder, "missing.mjs"))).toThrow(/npm run deploy -- prod releases/);
});
