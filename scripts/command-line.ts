import { EnvironmentError, type EnvironmentName, environmentName } from "../stacks/environments.ts";

/** A command was called with words that it does not take. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code = "Usage";
}

/**
 * Runs a command to its end: exits with the code that it returns; with 2, and a line that says why, when it was called wrongly; with 1 when it
 * fails.
 *
 * @param usage how it is called, told when it is called wrongly
 */
export async function runCommand(usage: string, main: () => number | Promise<number>): Promise<never> {
  try {
    process.exit(await main());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    if (!isCalledWrongly(error)) process.exit(1);
    if (!(error instanceof EnvironmentError)) console.error(`usage: ${usage}`);
    process.exit(2);
  }
}

/** The environment that is meant: the one that is named, else `NV_DEMO_ENVIRONMENT`, else `local`. @throws EnvironmentError */
export function chosenEnvironment(
  named: string | undefined,
  variables: NodeJS.ProcessEnv = process.env,
): EnvironmentName {
  return environmentName(named ?? (variables.NV_DEMO_ENVIRONMENT || "local"));
}

function isCalledWrongly(error: unknown): boolean {
  const code = String((error as { code?: unknown } | undefined)?.code);
  return error instanceof UsageError || error instanceof EnvironmentError || code.startsWith("ERR_PARSE_ARGS");
}
