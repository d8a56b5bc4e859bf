import { type ParseArgsConfig, parseArgs } from "node:util";
import { type EnvironmentName, environmentNames, isEnvironmentName } from "../../stacks/environment/environment.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Values<Given extends Options> = ReturnType<typeof parseArgs<{ options: Given; allowPositionals: true }>>["values"];

/** What every command of a deployment is given: `npm run <command> -- [environment] [names …] [--flags]`. */
export interface CommandLine<Given extends Options> {
  /** The one that is named first, else that of `NV_DEMO_ENVIRONMENT`, else `local`. */
  readonly environment: EnvironmentName;
  /** What follows it, such as names of stacks. */
  readonly names: readonly string[];
  readonly values: Values<Given>;
}

/** The command was called with what it does not know. Its message is one line; the command ends with 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code = "USAGE";
}

/**
 * Reads the arguments of a command.
 *
 * @param options as `parseArgs` of node:util takes them.
 * @throws UsageError
 */
export function readCommandLine<const Given extends Options>(
  options: Given,
  args: readonly string[] = process.argv.slice(2),
  variables: Readonly<Record<string, string | undefined>> = process.env,
): CommandLine<Given> {
  const { values, positionals } = parsed(options, args);
  const [first, ...rest] = positionals;
  if (first !== undefined && isEnvironmentName(first)) return { environment: first, names: rest, values };
  const chosen = variables.NV_DEMO_ENVIRONMENT || "local";
  if (!isEnvironmentName(chosen)) {
    throw new UsageError(`NV_DEMO_ENVIRONMENT is "${chosen}"; it must be one of ${environmentNames.join(", ")}.`);
  }
  return { environment: chosen, names: positionals, values };
}

function parsed<const Given extends Options>(options: Given, args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split(". ")[0] ?? "") : String(error));
  }
}

/**
 * Runs a command and ends the process as Terraform would: with what `main` resolves to, with 2 for a wrong call, with 1 for an error that explains
 * itself: one of ours, which has a `code`, or an answer of AWS. Any other error is a fault of ours and keeps its stack trace.
 */
export async function runCommand(main: () => Promise<number>): Promise<never> {
  try {
    process.exit(await main());
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (isOfAws(error)) console.error(`AWS: ${error.name}: ${error.message}`);
    else if ("code" in error) console.error(error.message);
    else throw error;
    process.exit(error instanceof UsageError ? 2 : 1);
  }
}

/** What the SDK throws when AWS refuses, or when it finds no credentials to ask with. */
function isOfAws(error: Error): boolean {
  return "$metadata" in error || error.name === "CredentialsProviderError";
}
