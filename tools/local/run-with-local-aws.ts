import { runCommand } from "@nv-demo/local-aws";
import { localAwsOptions } from "../aws/local-aws-options.ts";
import { explainingLocalAws } from "../aws/local-deployment-error.ts";
import { dataDirectory } from "../paths/data-directory.ts";

/** Runs a command with the local AWS in place of AWS. @returns its exit code. */
export function runWithLocalAws([command = "", ...args]: readonly string[]): Promise<number> {
  return explainingLocalAws(() =>
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
}
