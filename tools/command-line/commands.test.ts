import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../paths/root.ts";
import { type Command, type CommandNode, isGroup } from "./command.ts";
import { commandList, describeCommands, helpOf } from "./command-list.ts";
import { type CommandPath, exampleLine, helpText, nodesBelow } from "./help.ts";
import { parseInvocation } from "./parse-invocation.ts";

/** Every command in scripts/, with its subcommands. */
const files = globSync("scripts/*.ts", { cwd: ROOT, exclude: ["scripts/*.test.ts"] }).toSorted();
const roots = await Promise.all(
  files.map(async (file) => {
    const { command } = (await import(join(ROOT, file))) as { command: CommandNode };
    return { file, command };
  }),
);
const nodes = roots.flatMap(({ command }) => nodesBelow([command]));
const named = nodes.map((path) => [path.map(({ name }) => name).join(" "), path] as const);
const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: Record<string, string> };

const last = (path: CommandPath): CommandNode => path[path.length - 1] ?? path[0];

it("has an npm script per command, and at most 24", () => {
  expect(roots.map(({ file, command }) => [basename(file, ".ts"), command.name])).toEqual(
    roots.map(({ command }) => [command.name, command.name]),
  );
  const expected = roots.map(({ file, command }) => [command.name, `node scripts/run.mjs ${file}`]);
  expect(scripts).toEqual(Object.fromEntries(expected));
  expect(Object.keys(scripts).length).toBeLessThanOrEqual(24);
});

describe("npm run help", () => {
  const commands = roots.map(({ command }) => command);

  it("lists every command in one line of at most 100 columns, in the sections", () => {
    const lines = commandList(commands).split("\n");
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    for (const root of commands) {
      expect(root.section, root.name).toBeDefined();
      const below = isGroup(root) && !root.environment ? root.subcommands.map(({ name }) => `-- ${name}`) : [""];
      for (const rest of below) {
        const start = `  ${root.name} ${rest}`.trimEnd();
        expect(lines.filter((line) => line.startsWith(`${start}  `) || line.startsWith(`${start} `))).not.toEqual([]);
      }
    }
    expect(lines.filter((line) => /^[A-Z][a-z ]+:$/.test(line))).toEqual([
      "Daily:",
      "Look inside:",
      "Systems:",
      "Maintainers:",
    ]);
  });

  it("describes every command that can be run for programs", () => {
    const described = describeCommands(commands).map(({ command }) => command);
    const runnable = nodes.filter((path) => !isGroup(last(path))).map((path) => path.map(({ name }) => name).join(" "));
    expect(described).toEqual(runnable);
    expect(described).toContain("system release promote");
  });

  it("prints the help of a command, and suggests one for a misspelled name", () => {
    expect(helpOf(commands, ["system", "release", "promote"])).toMatch(/^Usage: npm run system -- release/);
    expect(() => helpOf(commands, ["plna"])).toThrow('There is no command "plna". Did you mean "plan"?');
  });
});

describe.each(named)("%s", (_, path) => {
  const node = last(path);

  it("has a complete help", () => {
    const help = helpText(path);
    expect(help).toMatch(/^Usage: npm (run )?[a-z]/);
    expect(help.replaceAll("\n", " ")).toContain(`${node.summary}.`);
    expect(node.summary).toMatch(/^[A-Z].*[^.]$/);
    expect(help).toContain("\n\nExamples:\n");
    expect(node.examples.length).toBeGreaterThanOrEqual(2);
    for (const { description } of node.examples) expect(description).not.toBe("");
    if (isGroup(node)) for (const { name } of node.subcommands) expect(help).toContain(`\n  ${name} `);
    else expectDescribed(node, help);
  });

  it("has examples that are valid", () => {
    for (const { args } of node.examples) {
      const line = exampleLine(path, args);
      const text = line.replace(/^npm (run )?[\w-]+( --)?/, "").split(/ (?:\||&&|<|>) /)[0] ?? "";
      const words = text.match(/"[^"]*"|\S+/g) ?? [];
      const invocation = () => parseInvocation(path[0], words, {});
      expect(invocation, line).not.toThrow();
    }
  });

  it("has no option that takes a value in one command and none in another", () => {
    const options = nodesBelow([path[0]]).flatMap((other) => {
      const command = last(other);
      return isGroup(command) ? [] : Object.entries(command.options);
    });
    const kinds = new Map<string, Set<boolean>>();
    for (const [name, { type }] of options) kinds.set(name, (kinds.get(name) ?? new Set()).add(type === "boolean"));
    expect([...kinds].filter(([, values]) => values.size > 1)).toEqual([]);
  });
});

function expectDescribed({ arguments: args, options, exitCodes }: Command, help: string): void {
  for (const [name, { description }] of [...Object.entries(args), ...Object.entries(options)]) {
    expect(help).toContain(name);
    expect(description, name).not.toBe("");
    expect(help).toContain(description);
  }
  expect(help).toContain("--help, -h");
  expect(help).toContain("\n\nExit codes:\n");
  expect(Object.keys(exitCodes)).toEqual(expect.arrayContaining(["0", "1", "2"]));
}
