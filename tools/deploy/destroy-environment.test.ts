import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { destroyEnvironment } from "./destroy-environment.ts";

const folder = mkdtempSync(join(tmpdir(), "nv-demo-destroy-"));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it("deletes nothing in a folder without a local deployment", async () => {
  const file = join(folder, "letter.txt");
  writeFileSync(file, "");
  vi.stubEnv("NV_DEMO_DATA", folder);
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  const code = await destroyEnvironment("local", { confirm: undefined, production: false, json: false });
  expect(code).toBe(0);
  expect(log).toHaveBeenCalledWith(`There is no local deployment in ${folder}. Nothing was deleted.`);
  expect(existsSync(file)).toBe(true);
});
