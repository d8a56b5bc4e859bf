import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../paths/root.ts";

const PACKAGE = "packages/local-aws";
const SOURCES = "{main.ts,{acceptance,conformance,lib,packages,scripts,services,stacks,tools}/**/*.{ts,tsx,mjs}}";
const files = globSync(SOURCES, { cwd: ROOT, exclude: (path) => path.includes("node_modules") });
const textOf = (file: string): string => readFileSync(join(ROOT, file), "utf8");
const isTest = (file: string): boolean => /\.(test|spec)\.ts$/.test(file) || file.includes("/testing/");

/** The files of this repository that a file imports, as paths; the package counts as its folder. */
function importsOf(file: string): string[] {
  const imports = /^(?:import|export|\}).* from "([^"?]+)|^import "([^"?]+)|\bimport\("([^"?]+)/gm;
  return [...textOf(file).matchAll(imports)].flatMap(([, ...paths]) => {
    const path = paths.find((found) => found !== undefined) ?? "";
    if (path.startsWith("@nv-demo/local-aws")) return [PACKAGE];
    return path.startsWith(".") ? [relative(ROOT, join(ROOT, dirname(file), path))] : [];
  });
}

/** The lines `folder -> folder folder` of ARCHITECTURE.md. */
const directions = new Map(
  [...textOf("ARCHITECTURE.md").matchAll(/^([\w./-]+) +->(.*)$/gm)].map(([, from = "", to = ""]) => [
    from,
    to.split(" ").filter((word) => word !== "" && word !== "nothing"),
  ]),
);
/** The folders that a rule names, the deepest first. */
const folders = [...directions.keys()].sort((a, b) => b.length - a.length);
const contains = (folder: string, file: string): boolean => file === folder || file.startsWith(`${folder}/`);
const folderOf = (file: string): string | undefined => folders.find((folder) => contains(folder, file));

describe("the dependency directions of ARCHITECTURE.md", () => {
  it("cover every file", () => {
    expect(files.filter((file) => folderOf(file) === undefined)).toEqual([]);
  });

  it("name folders that exist", () => {
    const named = [...directions].flatMap(([from, to]) => [from, ...to]);
    expect(named.filter((folder) => globSync(folder, { cwd: ROOT }).length === 0)).toEqual([]);
  });

  it.each(folders)("hold for %s", (folder) => {
    const above = folders.filter((other) => other !== folder && contains(other, folder));
    const allowed = [folder, ...[folder, ...above].flatMap((name) => directions.get(name) ?? [])];
    const violations = files
      .filter((file) => folderOf(file) === folder)
      .flatMap((file) => {
        // Tests may use the local AWS and what other tests use.
        const more = isTest(file) ? [PACKAGE] : [];
        return importsOf(file)
          .filter((path) => ![...allowed, ...more].some((other) => contains(other, path)))
          .filter((path) => !(isTest(file) && path.includes("/testing/")))
          .map((path) => `${file} imports ${path}`);
      });
    expect(violations).toEqual([]);
  });
});

describe("services", () => {
  const programs = files.filter((file) => /^(services|lib)\//.test(file) && !isTest(file));

  it("import only from their own folder and from lib", () => {
    // This one describes what others implement.
    const describing = "services/docs/services.ts";
    const violations = programs
      .filter((file) => file !== describing)
      .flatMap((file) => {
        const own = /^services\/[^/]+\//.exec(file)?.[0];
        return importsOf(file)
          .filter((path) => !path.startsWith("lib/") && (own === undefined || !path.startsWith(own)))
          .map((path) => `${file} imports ${path}`);
      });
    expect(violations).toEqual([]);
  });

  it("read the environment in config.ts only, and that of AWS in one file", () => {
    const readers = programs.filter((file) => textOf(file).includes("process.env"));
    expect(readers.filter((file) => !file.endsWith("/config.ts"))).toEqual(["lib/aws/environment.ts"]);
  });

  it("have no imports in the files that stacks import", () => {
    const names = [
      "api/routes",
      "users/routes",
      "ui/routes",
      "docs/routes",
      "hello/routes",
      "build-info/routes",
      "services",
    ];
    for (const file of names) {
      expect(importsOf(`services/${file}.ts`)).toEqual([]);
    }
  });
});

it("keeps everything that main.ts reaches free of the local AWS", () => {
  // An older commit is synthesized with today's node_modules, where the package resolves to today's source.
  const reached = new Set(["main.ts"]);
  for (const file of reached) for (const path of importsOf(file)) reached.add(path);
  expect([...reached].filter((path) => contains("packages", path))).toEqual([]);
});
