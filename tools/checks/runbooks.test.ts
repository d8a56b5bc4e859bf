import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseAlarmDescription } from "../../lib/alarms/alarm-description.ts";
import { type Environment, partNames } from "../../stacks/environment/environment.ts";
import { resources, synthesize, testEnvironments } from "../../stacks/testing/synthesize.ts";
import { problemsOfCalls } from "../command-line/testing/written-commands.ts";
import { ROOT } from "../paths/root.ts";

const FOLDER = "docs/runbooks/";
const PARTS = ["Meaning", "First checks", "Common causes", "Mitigation", "Rollback"];

const pages = globSync("*.md", { cwd: join(ROOT, FOLDER) });

/** `docs/runbooks/<page>.md#<section>` → the text of the section. */
const sections = new Map(
  pages
    .filter((page) => page !== "README.md")
    .flatMap((page) =>
      readPage(page)
        .split(/^## /m)
        .slice(1)
        .map((section): [string, string] => {
          const [heading = "", ...lines] = section.split("\n");
          return [`${FOLDER}${page}#${anchor(heading)}`, lines.join("\n")];
        }),
    ),
);

function readPage(page: string): string {
  return readFileSync(join(ROOT, FOLDER, page), "utf8");
}

/** The anchor of a heading on GitHub. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, "")
    .replaceAll(" ", "-");
}

/** Name of each alarm of an environment that notifies somebody → its runbook. */
function runbooks(environment: Environment): Map<string, string | undefined> {
  const alarms = Object.values(synthesize(environment).stacks)
    .flatMap((stack) => [
      ...resources(stack, "aws_cloudwatch_metric_alarm"),
      ...resources(stack, "aws_cloudwatch_composite_alarm"),
    ])
    .filter(({ alarm_actions }) => alarm_actions !== undefined);
  return new Map(
    alarms.map(({ alarm_name, alarm_description }) => [
      String(alarm_name),
      parseAlarmDescription(String(alarm_description)).runbook,
    ]),
  );
}

const local = runbooks({ ...testEnvironments.local, parts: partNames });

describe("every alarm", () => {
  it.each([...local])("has a section in a runbook: %s", (_, runbook) => {
    expect([...sections.keys()]).toContain(runbook);
  });

  it("links to it in an environment with a repository", () => {
    const linked = runbooks(testEnvironments["prod with a domain"]);
    expect(linked.size).toBeGreaterThan(60);
    const url = "https://github.com/Octo-Example/nv-demo/blob/main/";
    for (const [name, runbook = ""] of linked) {
      expect(runbook.slice(0, url.length), name).toBe(url);
      expect([...sections.keys()], name).toContain(runbook.slice(url.length));
    }
  });
});

describe.each([...sections])("%s", (name, text) => {
  it("is the runbook of an alarm", () => {
    expect([...local.values()]).toContain(name);
  });

  it("has each part, in order", () => {
    const parts = [...text.matchAll(/^\*\*([^*]+)\.\*\*/gm)].map(([, part]) => part);
    expect(parts).toEqual(PARTS);
  });

  it("begins with three checks, each with a command of this project that exists", async () => {
    const [, checks = ""] = /\*\*First checks\.\*\*\n\n(.*?)\n\n\*\*/s.exec(text) ?? [];
    const items = checks.split(/^(?=\d\. )/m);
    expect(items.map((item) => item.slice(0, 2))).toEqual(["1.", "2.", "3."]);
    for (const item of items) expect(item).toMatch(/^\d\. `npm run [^`]*\bprod\b[^`]*`: \S/);
    // A pattern in quotes is one argument.
    expect(await problemsOfCalls(checks.replaceAll(/'"[\w.]+"'/g, "pattern"))).toEqual([]);
  });
});

it("lists every page in the index", () => {
  const index = readPage("README.md");
  for (const page of pages.filter((name) => name !== "README.md")) expect(index).toContain(`(${page})`);
});

it.each(pages)("links only to sections that exist: %s", (page) => {
  const links = [...readPage(page).matchAll(/\]\(([\w./-]*)#([\w-]+)\)/g)];
  for (const [link, path = "", section] of links) {
    const text = path === "" ? readPage(page) : readFileSync(join(ROOT, FOLDER, path), "utf8");
    const anchors = [...text.matchAll(/^##+ (.+)$/gm)].map(([, heading = ""]) => anchor(heading));
    expect(anchors, link).toContain(section);
  }
});
