import type { EnvironmentName } from "../../stacks/environment/environment.ts";

/** A positional argument. */
export interface Argument {
  readonly description: string;
  readonly optional?: boolean;
  /** Takes all remaining arguments; at least one, unless it is optional. */
  readonly repeated?: boolean;
  /** Every other value is rejected. */
  readonly choices?: readonly string[];
  /** @returns why a value is invalid; undefined if it is valid. */
  check?(value: string): string | undefined;
}

/** An option; `value` names the value in the usage. */
export type Option =
  | {
      readonly type: "boolean";
      readonly description: string;
      /** One letter: `v` for `-v`. */
      readonly short?: string;
    }
  | {
      readonly type: "string";
      readonly value: string;
      readonly description: string;
      readonly default?: string;
      readonly required?: boolean;
      /** Every other value is refused. */
      readonly choices?: readonly string[];
      /** @returns what is wrong with a value. */
      check?(value: string): string | undefined;
    }
  | {
      readonly type: "number";
      readonly value: string;
      readonly description: string;
      readonly minimum: number;
      readonly maximum: number;
      readonly integer?: boolean;
      readonly default?: number;
      readonly required?: boolean;
    };

/** An example of a command line. */
export interface Example {
  /**
   * The arguments. If the first one is an environment, the example is printed with it in the position of the
   * environment.
   */
  readonly args: string;
  readonly description: string;
}

/** Arguments that are not interpreted, because they belong to another program. */
export interface Passthrough {
  readonly name: string;
  readonly description: string;
  /** The first one is the name of a program. */
  readonly required?: boolean;
}

/** What users may try although it must not be on a command line, such as a password. Its value is never printed. */
export interface Refused {
  /** Names without dashes. */
  readonly options: readonly string[];
  /** Printed for one of these options, and for more arguments than are declared. */
  readonly reason: string;
}

/** The sections of `npm run help`, in this order. */
export const sectionNames = ["Daily", "Look inside", "Systems", "Maintainers"] as const;
export type SectionName = (typeof sectionNames)[number];

interface CommandDescription {
  readonly name: string;
  /** Where `npm run help` lists a command of scripts/; subcommands have none. */
  readonly section?: SectionName;
  /** One line for a list of commands, without a full stop. */
  readonly summary: string;
  /** Takes the environment as its first argument. */
  readonly environment: boolean;
  /** At least two. */
  readonly examples: readonly Example[];
}

/** A command with the types of its arguments and options erased, as the command-line module sees it. */
export interface Command extends CommandDescription {
  /** Details for `--help`. */
  readonly description?: string;
  readonly arguments: Readonly<Record<string, Argument>>;
  readonly options: Readonly<Record<string, Option>>;
  readonly passthrough?: Passthrough;
  readonly refused?: Refused;
  readonly exitCodes: ExitCodes;
  run(input: AnyInput): Promise<number>;
}

/** A command that only has subcommands. */
export interface CommandGroup extends CommandDescription {
  readonly subcommands: readonly CommandNode[];
}

export type CommandNode = Command | CommandGroup;

/** Exit code → what it means. */
export type ExitCodes = Readonly<Record<number, string>>;

/** The exit codes of every command. A command may replace their descriptions, and add others. */
const EXIT_CODES: ExitCodes = { 0: "success", 1: "failure, with an error message", 2: "wrong usage" };

type AnyInput = CommandInput<Record<string, Argument>, Record<string, Option>>;

/** The validated command line. */
export interface CommandInput<Arguments, Options> {
  /**
   * The first argument; default: `NV_DEMO_ENVIRONMENT`, then `local`. Always `local` for commands without an
   * environment.
   */
  readonly environment: EnvironmentName;
  readonly arguments: { readonly [Name in keyof Arguments]: ArgumentValue<Arguments[Name]> };
  readonly options: { readonly [Name in keyof Options]: OptionValue<Options[Name]> };
  readonly passthrough: readonly string[];
}

type ArgumentValue<Type> = Type extends { readonly repeated: true }
  ? readonly string[]
  : Type extends { readonly optional: true }
    ? Choice<Type> | undefined
    : Choice<Type>;
type Choice<Type> = Type extends { readonly choices: readonly (infer Name extends string)[] } ? Name : string;

type OptionValue<Type> = Type extends { readonly type: "boolean" }
  ? boolean
  : (Type extends { readonly type: "number" } ? number : Choice<Type>) | (IsSet<Type> extends true ? never : undefined);
type IsSet<Type> = Type extends { readonly required: true } | { readonly default: string | number } ? true : false;

export interface CommandDefinition<Arguments, Options> {
  readonly name: string;
  readonly section?: SectionName;
  readonly summary: string;
  readonly description?: string;
  readonly environment?: boolean;
  readonly arguments?: Arguments;
  readonly options?: Options;
  readonly passthrough?: Passthrough;
  readonly refused?: Refused;
  readonly examples: readonly Example[];
  readonly exitCodes?: ExitCodes;
  /** @returns the exit code. */
  run(input: CommandInput<Arguments, Options>): Promise<number>;
}

/**
 * Declares a command. Import its implementation in `run`, so that `--help` and usage errors do not load it.
 */
export function defineCommand<
  const Arguments extends Readonly<Record<string, Argument>> = Record<never, Argument>,
  const Options extends Readonly<Record<string, Option>> = Record<never, Option>,
>(definition: CommandDefinition<Arguments, Options>): Command {
  return {
    environment: false,
    arguments: {},
    options: {},
    ...definition,
    exitCodes: { ...EXIT_CODES, ...definition.exitCodes },
    // The types of the values follow from the declarations with which they are parsed.
    run: (input) => definition.run(input as unknown as CommandInput<Arguments, Options>),
  };
}

/**
 * Declares a command with subcommands. If it has no environment, it prints their list when no subcommand is specified.
 */
export function defineGroup(
  group: Omit<CommandGroup, "environment"> & { readonly environment?: boolean },
): CommandGroup {
  return { environment: false, ...group };
}

export function isGroup(node: CommandNode): node is CommandGroup {
  return "subcommands" in node;
}

/** For commands whose output machines read. */
export const JSON_OPTION = { type: "boolean", description: "print JSON" } as const;

/** For commands that print changes. */
export const VERBOSE_OPTION = {
  type: "boolean",
  short: "v",
  description: "also print attributes that do not change, and long values in full",
} as const;

/** For commands that work on some stacks or on all. */
export const STACKS_ARGUMENT = {
  description: "names of stacks; default: all of the environment",
  optional: true,
  repeated: true,
} as const;
