import { ProgramNotFoundError, runCommand } from "@nv-demo/local-aws";
import { localAwsOptions } from "../aws/local-aws-options.ts";
import { explainingLocalAws } from "../aws/local-deployment-error.ts";
import { dataDirectory } from "../paths/data-directory.ts";

/** As shells answer for a command that cannot be run. */
const NOT_FOUND = 127;

/** Runs a command with the local AWS in place of AWS. @returns its exit code; 127 when it was not found. */
export async function runWithLocalAws([command = "", ...args]: readonly string[]): Promise<number> {
  try {
    return await explainingLocalAws(() =>
      runCommand(command, args, {
        ...localAwsOptions(),
        directory: dataDirectory(),
        environment: {
          ...process.env,
          NV_DEMO_ENVIRONMENT: "local",
          PATH: process.env.NV_DEMO_USER_PATH ?? process.env.PATH,
        },
      }),
    );
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (!(cause instanceof ProgramNotFoundError)) throw error;
    console.error(`${cause.message}\n${cause.program === "aws" ? WITHOUT_AWS_CLI : OTHER_PROGRAM}`);
    return NOT_FOUND;
  }
}

const WITHOUT_AWS_CLI = "Without it, use npm run info, npm run logs and npm run output";
const OTHER_PROGRAM = "Print examples with npm run local -- --help";
