import { randomUUID } from "node:crypto";
import type { Attributes } from "../../../provider/resource.ts";
import { AwsError } from "../../../runtime/error.ts";
import type { ManagedSecrets } from "../../secrets-manager/managed-secrets.ts";
import type { RandomInteger } from "../../secrets-manager/random-integer.ts";
import { randomPassword } from "../../secrets-manager/random-password.ts";

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const VALID_PASSWORD = /^(?!.*[/'"@ ])[\x21-\x7E]{8,128}$/;
const MANAGED_LENGTH = 28;

/** The password that the configuration gives, write-only or not; undefined when RDS manages it. */
export function givenPassword(planned: Attributes, config: Attributes): string | undefined {
  if (planned.manage_master_user_password === true) return undefined;
  const password = config.password_wo ?? planned.password;
  if (typeof password !== "string") {
    throw new AwsError("InvalidParameterValue", "MasterUserPassword must be given unless RDS manages it.");
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
  return randomPassword({ length: MANAGED_LENGTH, excludeCharacters: "/'\"@ \\" }, random);
}

/** Keeps the password in a secret that RDS owns; returns the value of `master_user_secret`. */
export function keepPassword(
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

/** ARN of the secret that RDS manages for an instance. */
export function managedSecretArn({ master_user_secret: secret }: Attributes): string | undefined {
  const [first] = (secret ?? []) as Attributes[];
  return typeof first?.secret_arn === "string" ? first.secret_arn : undefined;
}
