import { LocalAwsError } from "@nv-demo/local-aws";
import { CommandError } from "../command-line/errors.ts";
import { OTHER_DATA_FOLDER } from "../command-line/system-error.ts";

/** Error code of the local AWS → the next command to run. */
const NEXT: Readonly<Record<string, string>> = {
  DAMAGED_FILE: "Then run npm start",
  DATA_FOLDER: OTHER_DATA_FOLDER,
  INSTANCE_RUNNING: "Print its addresses with npm run info",
};

/** The local AWS cannot start or be used. */
export class LocalDeploymentError extends CommandError {
  override readonly name = "LocalDeploymentError";
  readonly code: string;

  constructor(cause: LocalAwsError) {
    super([cause.message, NEXT[cause.code] ?? []].flat().join("\n"), { cause });
    this.code = cause.code;
  }
}

/** Runs `work`. @throws LocalDeploymentError instead of an error of the local AWS with a message for its user. */
export async function explainingLocalAws<Result>(work: () => Promise<Result> | Result): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof LocalAwsError ? new LocalDeploymentError(error) : error;
  }
}
