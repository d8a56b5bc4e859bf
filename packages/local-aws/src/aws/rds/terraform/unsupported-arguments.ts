import { optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes } from "../../../provider/resource-handler.ts";
import { AwsError, unsupported } from "../../../runtime/error.ts";

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const VALID_USERNAME = /^(?!rds)[a-z][a-z0-9_]{0,62}$/i;

/**
 * Checks that PostgreSQL on this machine can run the planned instance.
 *
 * @param engineVersion of the installed PostgreSQL.
 * @throws AwsError that names the argument.
 */
export function rejectUnsupportedArguments(planned: Attributes, engineVersion: string): void {
  if (text(planned.engine) !== "postgres") {
    throw unsupported(`the engine "${planned.engine}" of aws_db_instance`, { advice: 'Use "postgres".' });
  }
  const version = optionalText(planned.engine_version) ?? engineVersion;
  if (majorVersion(version) !== majorVersion(engineVersion)) {
    throw new AwsError(
      "InvalidParameterCombination",
      `Cannot find version ${version} for postgres. The local AWS has version ${engineVersion}.`,
    );
  }
  for (const argument of ["replicate_source_db", "snapshot_identifier"]) {
    if (optionalText(planned[argument]) !== undefined) {
      throw unsupported(`${argument} of aws_db_instance`);
    }
  }
  if (!VALID_USERNAME.test(text(planned.username))) {
    throw new AwsError("InvalidParameterValue", `MasterUsername ${planned.username} is not valid or a reserved word.`);
  }
}

export function majorVersion(version: string): string {
  return version.split(".")[0] ?? version;
}
