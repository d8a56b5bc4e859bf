import { accessSync, constants, statSync } from "node:fs";
import { delimiter, resolve } from "node:path";
import { LocalAwsError } from "./runtime/local-aws-error.ts";

/** The program to run is not there. */
export class ProgramNotFoundError extends LocalAwsError {
  override readonly name = "ProgramNotFoundError";
  readonly code = "PROGRAM_NOT_FOUND";
  readonly program: string;

  constructor(program: string) {
    const install =
      program === "aws"
        ? " Install the AWS CLI: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html"
        : "";
    super(program.includes("/") ? `There is no program ${program}.` : `${program} is not on the PATH.${install}`);
    this.program = program;
  }
}

/** @throws ProgramNotFoundError when a shell would not find the program. Windows has other rules; it is not checked. */
export function requireProgram(program: string, path: string, platform: NodeJS.Platform = process.platform): void {
  if (platform === "win32") return;
  const candidates = program.includes("/")
    ? [program]
    : path.split(delimiter).map((folder) => resolve(folder || ".", program));
  if (!candidates.some(isExecutable)) throw new ProgramNotFoundError(program);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
