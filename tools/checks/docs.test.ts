import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { problemsOfCalls } from "../command-line/testing/written-commands.ts";
import { ROOT } from "../paths/root.ts";

/** Facts that are written twice are tested: everything that a document names must exist. */
const documents = globSync("{*.md,{docs,packages}/**/*.md}", {
  cwd: ROOT,
  exclude: (path) => path.includes("node_modules"),
});
/** Top-level folders whose files a document names by path in code quotes. */
const FOLDERS = "stacks|services|lib|packages|tools|conformance|acceptance|scripts|docs|\\.github|\\.ci";

const WIDTH = 120;

describe.each(documents)("%s", (name) => {
  const text = readFileSync(join(ROOT, name), "utf8");

  it("is at most 120 columns wide, except for links", () => {
    expect(text.split("\n").filter((line) => line.length > WIDTH && !line.includes("https://"))).toEqual([]);
  });

  it("links to files that exist", () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = ""]) => link);
    // Pages of the repository on GitHub, such as the workflow of a badge, are outside of its files.
    const files = links.filter((link) => !link.startsWith("../../actions/"));
    expect(files.filter((link) => !existsSync(join(ROOT, dirname(name), link)))).toEqual([]);
  });

  it("names paths that exist", () => {
    const paths = [...text.matchAll(new RegExp(`\`((?:${FOLDERS})/[\\w./-]+)\``, "g"))].map(([, path = ""]) => path);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it("names commands, subcommands, arguments and options that exist", async () => {
    const code = [...text.matchAll(/```[^`]*```|`[^`\n]+`/g)].map(([span]) => span).join("\n");
    expect(await problemsOfCalls(code)).toEqual([]);
  });

  it("names stacks that exist", () => {
    const stacks = [...text.matchAll(/cdktf\.out\/stacks\/([\w-]+)|cdktf-cli (?:deploy|diff|output) ([\w-]+)/g)];
    const names = stacks.map(([, folder, argument]) => folder ?? argument ?? "");
    expect(names.filter((stack) => !existsSync(join(ROOT, "stacks", `${stack}.ts`)))).toEqual([]);
  });
});

describe("the decision records", () => {
  const records = documents.filter((name) => name.startsWith("docs/decisions/") && !name.endsWith("README.md")).sort();

  it("are numbered without gaps, with a date and a status", () => {
    for (const [index, name] of records.entries()) {
      const number = index + 1;
      expect(name).toMatch(new RegExp(`/${String(number).padStart(4, "0")}-[a-z0-9-]+\\.md$`));
      const text = readFileSync(join(ROOT, name), "utf8");
      expect(text).toMatch(new RegExp(`^# ${number}\\. .+\n\n- Date: \\d{4}-\\d\\d-\\d\\d.*\n- Status: `));
      for (const heading of ["Context", "Decision", "Consequences"]) expect(text).toContain(`\n## ${heading}\n`);
    }
  });

  it("are listed in their index", () => {
    const index = readFileSync(join(ROOT, "docs/decisions/README.md"), "utf8");
    expect(records.filter((name) => !index.includes(`(${name.replace("docs/decisions/", "")})`))).toEqual([]);
  });
});
