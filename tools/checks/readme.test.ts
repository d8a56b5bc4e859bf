import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { environmentNames } from "../../stacks/environment/environment.ts";
import { ROOT } from "../paths/root.ts";

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const readme = read("README.md");

const section = (heading: string): string =>
  new RegExp(`^## ${heading}\\n([^]*?)(?=^## )`, "m").exec(readme)?.[1] ?? "";

describe("the environment variables in the README", () => {
  /** Our programs; the variables of a service are those of its function, which its stack sets. */
  const sources = globSync("{main.ts,scripts/**,tools/**,stacks/**,packages/**,acceptance/**,conformance/**}", {
    cwd: ROOT,
    exclude: (path) => path.includes("node_modules"),
  }).filter(
    (path) => /\.(ts|mjs)$/.test(path) && !/\.test\.ts$|\/testing\/|\/(sandbox|processes)\/.*\.mjs$/.test(path),
  );
  /** The system, Lambda and vitest set these. */
  const COMMON = new Set(["PATH", "TMPDIR", "LAMBDA_TASK_ROOT", "VITEST_POOL_ID"]);

  const texts = sources.map(read);
  const names = (text: string) =>
    [...text.matchAll(/\b((?:NV_DEMO|ACCEPTANCE|LOCAL_AWS)_[A-Z_]+)\b|process\.env\.([A-Z_]+)/g)].map(
      ([, known, other]) => known ?? other ?? "",
    );
  const documented = [...section("Environment variables").matchAll(/`([A-Z][A-Z_]+)(?:=\w+)?`/g)].map(
    ([, name = ""]) => name,
  );

  it("are all that our programs read", () => {
    expect(section("Environment variables")).toContain("`AWS_*`");
    const used = new Set(texts.flatMap(names).filter((name) => !COMMON.has(name) && !name.startsWith("AWS_")));
    expect([...used].filter((name) => !documented.includes(name))).toEqual([]);
  });

  it("are read by a program", () => {
    expect(documented.length).toBeGreaterThan(10);
    const unused = documented.filter((name) => !texts.some((text) => new RegExp(`\\b${name}\\b`).test(text)));
    expect(unused).toEqual([]);
  });

  it("name every environment", () => {
    for (const name of environmentNames) expect(section("Environment variables")).toContain(`\`${name}\``);
  });
});

it("names the required versions as the programs check them", () => {
  const { engines, license } = JSON.parse(read("package.json")) as { engines: { node: string }; license: string };
  const node = engines.node.replace(">=", "");
  const terraform = /TERRAFORM = { major: (\d+), minor: (\d+) }/.exec(read("scripts/run.mjs"))?.slice(1).join(".");
  const badges = readme.slice(0, readme.indexOf("\n\n", readme.indexOf("[![")));
  expect(badges).toContain(`Node.js ${node} or newer`);
  expect(badges).toContain(`Node.js-%E2%89%A5_${node}-`);
  expect(badges).toContain(`Terraform ${terraform} or newer`);
  expect(badges).toContain(`Terraform-%E2%89%A5_${terraform}-`);
  expect(badges).toContain(`license-${license}-`);
  expect(section("Requirements")).toContain(`${terraform} or newer`);
  expect(section("Requirements")).toContain(`${node} or newer`);
});

it("lists every section in its contents", () => {
  const headings = [...readme.matchAll(/^## (.+)$/gm)].map(([, heading = ""]) => heading);
  const listed = [...section("Contents").matchAll(/^- \[(.+)\]\(#(.+)\)$/gm)].map(([, name = "", anchor = ""]) => [
    name,
    anchor,
  ]);
  expect(listed).toEqual(
    headings.filter((heading) => heading !== "Contents").map((heading) => [heading, anchorOf(heading)]),
  );
});

/** As GitHub derives it from a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, "")
    .replaceAll(" ", "-");

it("keeps the transcript of the original, word for word", () => {
  expect(readme).toContain(
    [
      "```",
      "curl -s -u nvclient:mysecretkey https://HOST                       → JSON array of records (also GET /api/list)",
      "curl -s -u nvclient:mysecretkey https://HOST/example               → the file's bytes",
      'curl -s -u nvclient:mysecretkey -XPUT -T anotherfile https://HOST/api/upload/anotherfile   → "File uploaded"',
      "```",
    ].join("\n"),
  );
});

describe("the issue forms", () => {
  const forms = globSync(".github/ISSUE_TEMPLATE/*.yml", { cwd: ROOT }).filter((path) => !path.endsWith("config.yml"));

  it.each(forms)("%s has a name, a description and fields with unique IDs", (path) => {
    const { name, description, body } = parse(read(path)) as {
      name: string;
      description: string;
      body: { type: string; id?: string; attributes: { label?: string } }[];
    };
    expect([name, description].every((text) => text.length > 0)).toBe(true);
    const fields = body.filter(({ type }) => type !== "markdown");
    for (const { type } of fields) expect(["textarea", "input", "dropdown", "checkboxes"]).toContain(type);
    for (const { attributes } of fields) expect(attributes.label).toBeTruthy();
    expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
  });
});
