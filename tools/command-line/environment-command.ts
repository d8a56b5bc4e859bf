import type { ParseArgsConfig } from "node:util";
import { environmentNames } from "../../stacks/environment/environment.ts";
import { type CommandLine, readCommandLine, UsageError } from "./command-line.ts";

/**
 * Reads the arguments of a command that takes an environment and nothing else beside its options.
 *
 * @throws UsageError
 */
export function readEnvironmentCommand<const Given extends NonNullable<ParseArgsConfig["options"]>>(
  options: Given,
): CommandLine<Given> {
  const line = readCommandLine(options);
  const [unknown] = line.names;
  if (unknown === undefined) return line;
  throw new UsageError(`There is no environment "${unknown}"; there are ${environmentNames.join(", ")}.`);
}
