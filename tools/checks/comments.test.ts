import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "../paths/root.ts";

/** The width to which Biome formats code; it leaves comments alone. */
const WIDTH = 120;
const FOLDERS = "{acceptance,conformance,lib,packages,scripts,services,stacks,tools}";

it("has no comment that is wider than the code, except for links", () => {
  const files = globSync(`${FOLDERS}/**/*.{ts,tsx,mjs}`, {
    cwd: ROOT,
    exclude: (path) => path.includes("node_modules"),
  });
  const wide = files.flatMap((file) =>
    readFileSync(join(ROOT, file), "utf8")
      .split("\n")
      .flatMap((line, index) =>
        /^\s*(\/\/|\/\*\*| \*)/.test(line) && line.length > WIDTH && !line.includes("https://")
          ? [`${file}:${index + 1}`]
          : [],
      ),
  );
  expect(wide).toEqual([]);
});
