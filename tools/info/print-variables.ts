import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { awsCliWarning } from "./aws-cli-warning.ts";
import { noVariables, readEnvironmentInfo, variablesOf } from "./environment-info.ts";
import { type ShellName, shellCommands } from "./shell.ts";

export interface VariablesOptions {
  readonly shell: ShellName;
  /** Prints the commands that remove the variables. */
  readonly unset: boolean;
  /** Adds the user and the password of an environment on AWS; those of the local deployment are always printed. */
  readonly showPassword: boolean;
}

/** Prints commands that set the variables of a deployment in a shell. @returns the exit code. */
export async function printVariables(
  environment: EnvironmentName,
  { shell, unset, showPassword }: VariablesOptions,
): Promise<number> {
  if (unset) {
    console.log(shellCommands(noVariables(), shell));
    return 0;
  }
  const info = await readEnvironmentInfo(environment, showPassword || environment === "local");
  const endpoint = info.awsVariables?.AWS_ENDPOINT_URL;
  const warning = endpoint === undefined ? undefined : await awsCliWarning(endpoint);
  if (warning !== undefined) console.error(warning);
  console.log(shellCommands(variablesOf(info), shell));
  return 0;
}
