import { randomUUID } from "node:crypto";
import { block, optionalText } from "../../../provider/attributes.ts";
import type { Attributes } from "../../../provider/resource-handler.ts";
import { AwsError } from "../../../runtime/error.ts";
import type { ManagedSecrets } from "../../secrets-manager/managed-secrets.ts";
import type { RandomInteger } from "../../secrets-manager/random-integer.ts";
import { randomPassword } from "../../secrets-manager/random-password.ts";

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const VALID_PASSWORD = /^(?!.*[/'"@ ])[\x21-\x7E]{8,128}$/;
const GENERATED_LENGTH = 28;

/**
 * Returns the password from the configuration, write-only or not; undefined when RDS manages the password.
 *
 * @throws AwsError `InvalidParameterValue` when the password is missing or not valid.
 */
export function configuredPassword(planned: Attributes, config: Attributes): string | undefined {
  if (planned.manage_master_user_password === true) return undefined;
  const password = config.password_wo ?? planned.password;
  if (typeof password !== "string") {
    throw new AwsError(
      "InvalidParameterValue",
      "The parameter MasterUserPassword is missing. Set password, password_wo or manage_master_user_password.",
    );
  }
  if (!VALID_PASSWORD.test(password)) {
    throw new AwsError(
      "InvalidParameterValue",
      "The parameter MasterUserPassword is not a valid password. It must have 8 to 128 printable ASCII characters; '/', '@', '\"', ''' and ' ' may not be used.",
    );
  }
  return password;
}

export function generatePassword(random: RandomInteger): string {
  return randomPassword({ length: GENERATED_LENGTH, excludeCharacters: "/'\"@ \\" }, random);
}

/**
 * Stores the password in a secret that RDS owns.
 *
 * @returns the value of the attribute `master_user_secret`.
 */
export function createManagedSecret(
  secrets: ManagedSecrets,
  instanceArn: string,
  username: string,
  password: string,
): Attributes[] {
  const description = `The secret associated with the primary RDS DB instance: ${instanceArn}`;
  const value = JSON.stringify({ username, password });
  const arn = secrets.createManaged(`rds!db-${randomUUID()}`, "rds", description, value);
  return [{ secret_arn: arn, secret_status: "active", kms_key_id: "" }];
}

/** Deletes the secret that RDS owns for an instance, if there is one. */
export function deleteManagedSecret(secrets: ManagedSecrets, { master_user_secret }: Attributes): void {
  const arn = optionalText(block(master_user_secret).secret_arn);
  if (arn !== undefined) secrets.deleteManaged(arn);
}
