import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "../paths/root.ts";
import { slowTests } from "./slow-tests.ts";

it("names files that exist, in alphabetical order", () => {
  expect(slowTests.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  expect(slowTests).toEqual([...slowTests].sort());
});
