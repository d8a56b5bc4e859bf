import { readFileSync } from "node:fs";
import { ROOT } from "./root.ts";

/** A command of a document, and the output that the document promises. */
export interface DocumentedCommand {
  readonly command: string;
  /** After `# →`; undefined if the document promises none. */
  readonly output: string | undefined;
}

/** A fenced block with the language `sh`. */
export interface ShellBlock {
  /** The heading above it. */
  readonly heading: string;
  readonly commands: readonly DocumentedCommand[];
  /** Why the test does not run it: `<!-- not run by the test: <reason> -->` in the line above it. */
  readonly skipped: string | undefined;
}

const BLOCK =
  /^(?:#+ (?<heading>.+)|(?:<!-- not run by the test: (?<reason>.+) -->\n)?```sh\n(?<code>[\s\S]*?)^```)$/gm;

/** The shell blocks of a document of the repository, in order. */
export function readShellBlocks(path: string): ShellBlock[] {
  return shellBlocksOf(readFileSync(`${ROOT}/${path}`, "utf8"));
}

export function shellBlocksOf(text: string): ShellBlock[] {
  let heading = "";
  const blocks: ShellBlock[] = [];
  for (const { groups = {} } of text.matchAll(BLOCK)) {
    if (groups.code === undefined) heading = groups.heading ?? "";
    else blocks.push({ heading, commands: commandsOf(groups.code), skipped: groups.reason });
  }
  return blocks;
}

/** A command ends with its line, unless that ends with a backslash. Its output is in the comment below it. */
function commandsOf(code: string): DocumentedCommand[] {
  const commands: DocumentedCommand[] = [];
  for (const line of code.replaceAll("\\\n", "\\\u0000").split("\n")) {
    const output = /^# → (.*)$/.exec(line)?.[1];
    const last = commands.at(-1);
    if (output !== undefined && last) commands[commands.length - 1] = { ...last, output };
    else if (line.trim() !== "" && !line.startsWith("#")) {
      commands.push({ command: line.replaceAll("\u0000", "\n"), output: undefined });
    }
  }
  return commands;
}

/** Matches the output that a document promises, in which `…` stands for anything. */
export function outputPattern(output: string): RegExp {
  const literal = output.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replaceAll("…", "[^]*")}\n?$`);
}
