import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

/** A fact written twice is tested once: whatever a document names must be there. */
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const documents = [
  ...readdirSync(ROOT).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];
const packageJson = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: Record<string, string> };
/** Top-level folders whose files a document names by path in code quotes. */
const FOLDERS = "stacks|services|lib|packages|tools|conformance|acceptance|scripts|docs|\\.github|\\.ci";

describe.each(documents)("%s", (name) => {
  const text = readFileSync(join(ROOT, name), "utf8");

  it("links to files that exist", () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = ""]) => link);
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(name), link)))).toEqual([]);
  });

  it("names paths that exist", () => {
    const paths = [...text.matchAll(new RegExp(`\`((?:${FOLDERS})/[\\w./-]+)\``, "g"))].map(([, path = ""]) => path);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it("names commands that exist", () => {
    const code = [...text.matchAll(/```[^`]*```|`[^`\n]+`/g)].map(([span]) => span).join("\n");
    const commands = [...code.matchAll(/\bnpm (?:run )?([a-z][\w-]*)/g)].map(([, command = ""]) => command);
    const known = [...Object.keys(packageJson.scripts), "ci", "install"];
    expect(commands.filter((command) => !known.includes(command))).toEqual([]);
  });

  it("names stacks that exist", () => {
    const stacks = [...text.matchAll(/cdktf\.out\/stacks\/([\w-]+)|cdktf-cli (?:deploy|diff|output) ([\w-]+)/g)];
    const names = stacks.map(([, folder, argument]) => folder ?? argument ?? "");
    expect(names.filter((stack) => !existsSync(join(ROOT, "stacks", `${stack}.ts`)))).toEqual([]);
  });
});
