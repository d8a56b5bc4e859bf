import { environmentNames } from "../../stacks/environment/environment.ts";
import { type Argument, type Command, type CommandGroup, type CommandNode, isGroup, type Option } from "./command.ts";
import { columns } from "./table.ts";

/** Columns of a paragraph. */
const WIDTH = 100;

/** From the npm script to the subcommand. */
export type CommandPath = readonly [CommandNode, ...CommandNode[]];

/** A command and everything below it. */
export function nodesBelow(path: CommandPath): CommandPath[] {
  const node = path[path.length - 1] ?? path[0];
  const below = isGroup(node) ? node.subcommands.flatMap((command) => nodesBelow([...path, command])) : [];
  return [path, ...below];
}

/** `npm run state -- [environment] list`; without `--` where no arguments follow. */
export function commandLine(path: CommandPath, args = "", environment = ""): string {
  const [root, ...subcommands] = path;
  const words = [
    root.environment ? environment : "",
    ...subcommands.flatMap((node) => [node.name, node.environment ? environment : ""]),
    args,
  ];
  const rest = words.filter(Boolean).join(" ");
  const script = ["start", "test"].includes(root.name) ? `npm ${root.name}` : `npm run ${root.name}`;
  if (rest === "") return script;
  return /^(\||&&|<|>) /.test(rest) ? `${script} ${rest}` : `${script} -- ${rest}`;
}

/** What `--help` prints. */
export function helpText(path: CommandPath): string {
  const node = path[path.length - 1] ?? path[0];
  return isGroup(node) ? groupHelp(path, node) : commandHelp(path, node);
}

function groupHelp(path: CommandPath, group: CommandGroup): string {
  const rows = group.subcommands.map((node) => [isGroup(node) ? node.name : synopsis(node), node.summary]);
  return sections([
    [`Usage: ${commandLine(path, "<command> [options]", "[environment]")}`],
    [`${group.summary}.`],
    titled("Commands", rows),
    titled("Environment", group.environment ? [environmentRow()] : []),
    titled("Examples", exampleRows(path, group)),
    [`Run ${commandLine(path, "<command> --help")} for the options of a command.`],
  ]);
}

function commandHelp(path: CommandPath, command: Command): string {
  const options = Object.entries(command.options).map(([name, option]) => [
    optionUsage(name, option),
    optionText(option),
  ]);
  const args = Object.entries(command.arguments).map(([name, argument]) => [name, argumentText(argument)]);
  const { passthrough } = command;
  return sections([
    [`Usage: ${commandLine(path, usageOf(command), "[environment]")}`],
    wrap(`${command.summary}.${command.description ? ` ${command.description}` : ""}`),
    titled("Arguments", [
      ...(path.some(({ environment }) => environment) ? [environmentRow()] : []),
      ...args,
      ...(passthrough ? [[passthrough.name, passthrough.description]] : []),
    ]),
    titled("Options", [...options, ["--help, -h", "print this help"]]),
    titled("Examples", exampleRows(path, command)),
    titled("Exit codes", Object.entries(command.exitCodes)),
  ]);
}

function sections(parts: readonly (readonly string[])[]): string {
  return parts
    .filter(({ length }) => length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

/** Splits a paragraph into lines that fit into a terminal. */
function wrap(text: string): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines[lines.length - 1] ?? "";
    if (line === "") lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= WIDTH) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function titled(title: string, rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const lines = columns(rows).split("\n");
  return [`${title}:`, ...lines.map((line) => `  ${line}`)];
}

function environmentRow(): string[] {
  return ["environment", `${environmentNames.join(", ")}; default: NV_DEMO_ENVIRONMENT, then local`];
}

function exampleRows(path: CommandPath, { examples }: CommandNode): string[][] {
  return examples.map(({ args, description }) => [exampleLine(path, args), description]);
}

/** The command line of an example, with the environment in its place. */
export function exampleLine(path: CommandPath, args: string): string {
  const [first = "", ...rest] = args.split(" ");
  if (!environmentNames.some((name) => name === first)) return commandLine(path, args);
  return commandLine(path, rest.join(" "), first);
}

function synopsis(command: Command): string {
  return [command.name, ...argumentUsage(command), ...requiredOptions(command)].join(" ");
}

function usageOf(command: Command): string {
  const { passthrough } = command;
  if (passthrough) return passthrough.required ? `<${passthrough.name}> [arguments]` : `[${passthrough.name} …]`;
  const optional = Object.keys(command.options).length > requiredOptions(command).length;
  return [...argumentUsage(command), ...requiredOptions(command), ...(optional ? ["[options]"] : [])].join(" ");
}

function argumentUsage({ arguments: args }: Command): string[] {
  return Object.entries(args).map(([name, { optional, repeated }]) => {
    const text = repeated ? `${name} …` : name;
    return optional ? `[${text}]` : `<${text}>`;
  });
}

function requiredOptions({ options }: Command): string[] {
  return Object.entries(options)
    .filter(([, option]) => option.type !== "boolean" && option.required)
    .map(([name, option]) => optionUsage(name, option));
}

function optionUsage(name: string, option: Option): string {
  if (option.type !== "boolean") return `--${name} <${option.value}>`;
  return option.short === undefined ? `--${name}` : `--${name}, -${option.short}`;
}

function optionText(option: Option): string {
  const fallback = option.type === "boolean" ? undefined : option.default;
  const text = option.type === "string" ? argumentText(option) : option.description;
  return fallback === undefined ? text : `${text}; default: ${fallback}`;
}

function argumentText({ description, choices }: Pick<Argument, "description" | "choices">): string {
  return choices ? `${description}: ${choices.join(", ")}` : description;
}
