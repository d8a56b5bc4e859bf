import { didYouMean } from "./closest-match.ts";
import { type Command, type CommandNode, isGroup, sectionNames } from "./command.ts";
import { UsageError } from "./errors.ts";
import { helpText, nodesBelow } from "./help.ts";
import { columns } from "./table.ts";

/** What `npm run help` prints: every command in its section, one line each. */
export function commandList(roots: readonly CommandNode[]): string {
  const listed = sectionNames.map((section) => ({
    section,
    rows: roots.filter((root) => root.section === section).flatMap(rowsOf),
  }));
  const lines = columns(listed.flatMap(({ rows }) => rows)).split("\n");
  let next = 0;
  const sections = listed.map(({ section, rows }) => {
    const from = next;
    next += rows.length;
    return [`${section}:`, ...lines.slice(from, next).map((line) => `  ${line}`)].join("\n");
  });
  return [
    "Usage: npm run <command> -- [arguments]",
    ...sections,
    "Run npm run <command> -- --help for its arguments, options, examples and exit codes.",
  ].join("\n\n");
}

/** A command that only has subcommands is listed with them, unless they work on one thing together, such as states. */
function rowsOf(root: CommandNode): string[][] {
  if (!isGroup(root) || root.environment) return [[root.name, root.summary]];
  return root.subcommands.map(({ name, summary }) => [`${root.name} -- ${name}`, summary]);
}

/** A command as `npm run help -- --json` prints it, for programs. */
export interface ListedCommand {
  /** The npm script and the names of the subcommands. */
  readonly command: string;
  readonly section: string;
  readonly summary: string;
  /** Whether it takes an environment. */
  readonly environment: boolean;
  readonly arguments: Command["arguments"];
  readonly options: Command["options"];
  /** Whether its arguments belong to another program. */
  readonly passthrough: boolean;
}

/** Every command and subcommand that can be run. */
export function describeCommands(roots: readonly CommandNode[]): ListedCommand[] {
  return roots
    .flatMap((root) => nodesBelow([root]))
    .flatMap((path) => {
      const [root] = path;
      const command = path[path.length - 1] ?? root;
      if (isGroup(command)) return [];
      return {
        command: path.map(({ name }) => name).join(" "),
        section: root.section ?? "",
        summary: command.summary,
        environment: path.some(({ environment }) => environment),
        arguments: command.arguments,
        options: command.options,
        passthrough: command.passthrough !== undefined,
      };
    });
}

/**
 * The help of one command.
 *
 * @throws UsageError when there is no such command.
 */
export function helpOf(roots: readonly CommandNode[], names: readonly string[]): string {
  const paths = roots.flatMap((root) => nodesBelow([root]));
  const wanted = names.join(" ");
  const found = paths.find((path) => path.map(({ name }) => name).join(" ") === wanted);
  if (found) return helpText(found);
  const known = paths.map((path) => path.map(({ name }) => name).join(" "));
  throw new UsageError(`There is no command "${wanted}".${didYouMean(wanted, known)} List all: npm run help`);
}
