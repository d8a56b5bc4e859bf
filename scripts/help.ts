import { readFileSync } from "node:fs";
import {
  type CommandNode,
  commandList,
  defineCommand,
  describeCommands,
  helpOf,
  JSON_OPTION,
  runCommand,
} from "../tools/command-line/index.ts";

export const command = defineCommand({
  name: "help",
  section: "Daily",
  summary: "Lists all commands, or prints the help of one",
  arguments: {
    command: { description: "name of a command, with its subcommand", optional: true, repeated: true },
  },
  options: { json: JSON_OPTION },
  examples: [
    { args: "", description: "lists all commands" },
    { args: "system release promote", description: "the help of one command" },
  ],
  run: async ({ arguments: { command: names }, options: { json } }) => {
    const roots = await declaredCommands();
    if (names.length > 0) console.log(helpOf(roots, names));
    else console.log(json ? JSON.stringify(describeCommands(roots), undefined, 2) : commandList(roots));
    return 0;
  },
});

/** The declaration of each npm script, in the order of package.json. */
function declaredCommands(): Promise<CommandNode[]> {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  const { scripts } = JSON.parse(text) as { scripts: Record<string, string> };
  return Promise.all(
    Object.keys(scripts).map(async (name) => {
      if (name === command.name) return command; // This module is still being evaluated.
      const declared = (await import(new URL(`${name}.ts`, import.meta.url).href)) as { command: CommandNode };
      return declared.command;
    }),
  );
}

if (import.meta.main) await runCommand(command);
