import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../paths/root.ts";
import { type CommandNode, isGroup } from "../command.ts";
import { UsageError } from "../errors.ts";
import { namedCommand, parseInvocation } from "../parse-invocation.ts";

/** A command line with an npm script in a document or a workflow. */
const CALL = /\bnpm (?:run (?:--silent )?([a-z][\w-]*)|(start|test)\b)(?: --silent)?(?: -- ([^\n`#]*))?/g;
/** Where the arguments end in a shell. */
const END = / (?:\||\|\||&&|>|<|>>) /;

/**
 * Checks the command lines of this repository in a text.
 *
 * @returns a problem for each one with a command, subcommand, argument or option that does not exist.
 */
export async function problemsOfCalls(text: string): Promise<string[]> {
  const problems = [...text.matchAll(CALL)].map(([call, script, lifecycle, args = ""]) =>
    problemOf(call, script ?? lifecycle ?? "", args),
  );
  return (await Promise.all(problems)).flatMap((problem) => problem ?? []);
}

async function problemOf(call: string, script: string, args: string): Promise<string | undefined> {
  const file = join(ROOT, "scripts", `${script}.ts`);
  if (!existsSync(file)) return `${call}: there is no script ${script}`;
  const { command } = (await import(file)) as { command: CommandNode };
  const alternatives = /^<([\w|-]+)>/.exec(args);
  if (alternatives) return missingSubcommands(call, command, alternatives[1]?.split("|") ?? []);
  const words = (args.split(END)[0] ?? "").split(/\s+/).filter(Boolean);
  const isComplete = words.every((word) => /^[\w./:,=-]+$/.test(word));
  const message = isComplete ? usageProblem(command, words) : unknownSubcommand(command, words);
  return message === undefined ? undefined : `${call}: ${message}`;
}

function missingSubcommands(call: string, command: CommandNode, names: readonly string[]): string | undefined {
  const known = isGroup(command) ? command.subcommands.map(({ name }) => name) : names;
  const missing = names.filter((name) => !known.includes(name));
  return missing.length > 0 ? `${call}: there are no subcommands ${missing.join(", ")}` : undefined;
}

function usageProblem(command: CommandNode, words: readonly string[]): string | undefined {
  try {
    parseInvocation(command, words, {});
    return undefined;
  } catch (error) {
    // A text may mention a command without its arguments.
    if (error instanceof UsageError && !error.message.startsWith("Missing ")) return error.message;
    return undefined;
  }
}

/** Checks only words that can be subcommands, because the others are placeholders or variables. */
function unknownSubcommand(command: CommandNode, words: readonly string[]): string | undefined {
  const names = words.filter((word) => /^[a-z][\w-]*$/.test(word));
  const path = namedCommand(command, names);
  const last = path[path.length - 1] ?? command;
  return isGroup(last) && last === command && names.length > 0 ? `there is no subcommand ${names[0]}` : undefined;
}
