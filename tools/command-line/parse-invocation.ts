import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { type EnvironmentName, environmentNames, isEnvironmentName } from "../../stacks/environment/environment.ts";
import { closestMatch, didYouMean } from "./closest-match.ts";
import {
  type Argument,
  type Command,
  type CommandGroup,
  type CommandInput,
  type CommandNode,
  isGroup,
  type Option,
} from "./command.ts";
import { UsageError } from "./errors.ts";
import type { CommandPath } from "./help.ts";

/** A parsed command line. */
export type Invocation =
  | { readonly kind: "help"; readonly path: CommandPath }
  | {
      readonly kind: "run";
      readonly command: Command;
      readonly input: CommandInput<Record<string, Argument>, Record<string, Option>>;
    };

type Variables = Readonly<Record<string, string | undefined>>;
const HELP = { type: "boolean", short: "h" } as const;

/**
 * Reads and validates a command line: `[environment] [subcommand] [arguments]`, with options before, between and after
 * them.
 *
 * @throws UsageError
 */
export function parseInvocation(root: CommandNode, args: readonly string[], variables: Variables): Invocation {
  if (!isGroup(root) && root.passthrough) return passThrough(root, args);
  const { help, found } = findCommand(root, args);
  const { path, rest } = found;
  const last = path[path.length - 1] ?? root;
  const [unknown] = rest;
  if (help || (isGroup(last) && !last.environment && unknown === undefined)) return { kind: "help", path };
  if (!isGroup(last)) return { kind: "run", command: last, input: readInput(last, args, found, variables) };
  if (unknown !== undefined) throw unknownCommand(last, unknown, found.environment);
  throw new UsageError(`Missing command: ${last.subcommands.map(({ name }) => name).join(", ")}.`);
}

/** The command that a command line names, as far as it exists. */
export function namedCommand(root: CommandNode, args: readonly string[]): CommandPath {
  return !isGroup(root) && root.passthrough ? [root] : findCommand(root, args).found.path;
}

function findCommand(root: CommandNode, args: readonly string[]): { readonly help: boolean; readonly found: Found } {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { ...optionsBelow(root), help: HELP },
    allowPositionals: true,
    strict: false,
  });
  return { help: values.help === true, found: followNames(root, positionals) };
}

/** All arguments belong to another program, except for `--help` as the first one. */
function passThrough(command: Command, args: readonly string[]): Invocation {
  const [first] = args;
  if (first === "--help" || first === "-h") return { kind: "help", path: [command] };
  const { name, required } = command.passthrough ?? { name: "" };
  if (required && first === undefined) throw new UsageError(`Missing argument <${name}>.`);
  if (required && first?.startsWith("-")) throw new UsageError(`Unknown option ${first}.`);
  return {
    kind: "run",
    command,
    input: { environment: "local", arguments: {}, options: {}, passthrough: args },
  };
}

interface Found {
  readonly path: CommandPath;
  readonly environment: EnvironmentName | undefined;
  /** The arguments after the environment and the subcommands. */
  readonly rest: readonly string[];
}

function followNames(root: CommandNode, positionals: readonly string[]): Found {
  const path: [CommandNode, ...CommandNode[]] = [root];
  let node = root;
  let rest = positionals;
  let environment: EnvironmentName | undefined;
  for (;;) {
    const [first, ...others] = rest;
    if (node.environment && environment === undefined && first !== undefined && isEnvironmentName(first)) {
      environment = first;
      rest = others;
      continue;
    }
    if (!isGroup(node) || first === undefined) return { path, environment, rest };
    const next = node.subcommands.find(({ name }) => name === first);
    if (!next) return { path, environment, rest };
    path.push(next);
    node = next;
    rest = others;
  }
}

function unknownCommand(
  { name, environment: takesEnvironment, subcommands }: CommandGroup,
  text: string,
  environment: EnvironmentName | undefined,
): UsageError {
  const names = subcommands.map((command) => command.name);
  const environments = takesEnvironment && environment === undefined ? environmentNames : [];
  const what = environments.length > 0 ? "command or environment" : "command";
  const hint = didYouMean(text, [...names, ...environments]);
  return new UsageError(`${name} has no ${what} "${text}".${hint || ` There are ${names.join(", ")}.`}`);
}

function readInput(
  command: Command,
  args: readonly string[],
  { path, environment, rest }: Found,
  variables: Variables,
) {
  const takesEnvironment = path.some((node) => node.environment);
  if (command.environment && environment === undefined) requireNoMisspelledEnvironment(command, rest);
  return {
    environment: environment ?? (takesEnvironment ? defaultEnvironment(variables) : "local"),
    options: readOptions(command, args),
    arguments: readArguments(command, rest),
    passthrough: [],
  } as const;
}

/** Throws when the first argument is not an environment although no other is accepted, or is a misspelled one. */
function requireNoMisspelledEnvironment(command: Command, [first]: readonly string[]): void {
  if (first === undefined) return;
  const isOther = Object.keys(command.arguments).length > 0 && closestMatch(first, environmentNames) === undefined;
  if (isOther) return;
  const hint = didYouMean(first, environmentNames) || ` There are ${environmentNames.join(", ")}.`;
  throw new UsageError(`There is no environment "${first}".${hint}`);
}

function defaultEnvironment({ NV_DEMO_ENVIRONMENT: name }: Variables): EnvironmentName {
  const environment = name || "local";
  if (isEnvironmentName(environment)) return environment;
  const hint = didYouMean(environment, environmentNames);
  throw new UsageError(
    `NV_DEMO_ENVIRONMENT is "${environment}"; it must be one of ${environmentNames.join(", ")}.${hint}`,
  );
}

function readArguments({ arguments: declared, refused }: Command, words: readonly string[]) {
  const values: Record<string, string | readonly string[] | undefined> = {};
  let rest = words;
  for (const [name, argument] of Object.entries(declared)) {
    if (rest.length === 0 && !argument.optional) throw new UsageError(`Missing argument <${name}>.`);
    const matched = argument.repeated ? rest : rest.slice(0, 1);
    for (const value of matched) checkValue(name, argument, value);
    values[name] = argument.repeated ? matched : matched[0];
    rest = rest.slice(matched.length);
  }
  if (rest.length > 0) throw new UsageError(refused ? refused.reason : `Unexpected argument "${rest[0]}".`);
  // Each value has the type of its declaration; see ArgumentValue.
  return values as CommandInput<Record<string, Argument>, Record<never, Option>>["arguments"];
}

function checkValue(name: string, { choices, check }: Pick<Argument, "choices" | "check">, value: string): void {
  if (choices && !choices.includes(value)) {
    const hint = didYouMean(value, choices) || ` It must be one of ${choices.join(", ")}.`;
    throw new UsageError(`There is no ${name} "${value}".${hint}`);
  }
  const problem = check?.(value);
  if (problem !== undefined) throw new UsageError(problem);
}

function readOptions({ options: declared, refused }: Command, args: readonly string[]) {
  const values = parseStrictly(declared, refused, args);
  const read = Object.entries(declared).map(([name, option]) => [name, readOption(name, option, values[name])]);
  return Object.fromEntries(read) as CommandInput<Record<never, Argument>, Record<string, Option>>["options"];
}

function parseStrictly(
  declared: Command["options"],
  refused: Command["refused"],
  args: readonly string[],
): Readonly<Record<string, unknown>> {
  try {
    const options = { ...parseArgsOptions(declared), help: HELP };
    return parseArgs({ args: [...args], options, allowPositionals: true }).values;
  } catch (error) {
    const message = error instanceof Error ? (error.message.split(". ")[0] ?? "") : String(error);
    const [, unknown] = /^Unknown option '(--?[^']+)'/.exec(message) ?? [];
    if (unknown === undefined) throw new UsageError(`${message}.`);
    if (refused?.options.includes(unknown.replace(/^--?/, ""))) throw new UsageError(refused.reason);
    const names = Object.keys(declared).map((name) => `--${name}`);
    throw new UsageError(`Unknown option ${unknown}.${didYouMean(unknown, names)}`);
  }
}

function readOption(name: string, option: Option, value: unknown): string | number | boolean | undefined {
  if (option.type === "boolean") return value === true;
  if (value === undefined) {
    if (option.required) throw new UsageError(`Missing option --${name} <${option.value}>.`);
    return option.default;
  }
  if (option.type === "string") {
    checkValue(`--${name}`, option, String(value));
    return String(value);
  }
  const { minimum, maximum, integer } = option;
  const number = String(value).trim() === "" ? Number.NaN : Number(value);
  if (number >= minimum && number <= maximum && (!integer || Number.isInteger(number))) return number;
  const kind = integer ? "a whole number" : "a number";
  throw new UsageError(`--${name} is "${value}"; it must be ${kind} from ${minimum} to ${maximum}.`);
}

function parseArgsOptions(options: Command["options"]): ParseArgsOptionsConfig {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => {
      if (option.type !== "boolean") return [name, { type: "string" }];
      return [name, { type: "boolean", ...(option.short !== undefined && { short: option.short }) }];
    }),
  );
}

/**
 * The options of every command below the node. Parsing needs them before the command is known; also those that are
 * refused, so that their values are not taken for the name of a command and printed.
 */
function optionsBelow(node: CommandNode): ParseArgsOptionsConfig {
  if (!isGroup(node)) {
    const refused = node.refused?.options.filter((name) => name.length > 1) ?? [];
    const withValue = refused.map((name) => [name, { type: "string" }] as const);
    return { ...Object.fromEntries(withValue), ...parseArgsOptions(node.options) };
  }
  return Object.assign({}, ...node.subcommands.map(optionsBelow));
}
