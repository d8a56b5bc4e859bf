import { randomUUID } from "node:crypto";
import type { Call } from "../../../gateway/protocol.ts";
import { AwsError } from "../../../runtime/error.ts";
import { versionOf, withVersion } from "../secret.ts";
import type { SecretsManagerContext } from "./context.ts";

interface Input {
  readonly SecretId?: string;
  readonly ClientRequestToken?: string;
  readonly SecretString?: string;
  readonly SecretBinary?: string;
  readonly VersionStages?: readonly string[];
}

export const putSecretValue =
  ({ store, clock }: SecretsManagerContext) =>
  (input: Input, call: Call): object => {
    const secret = store.get(input.SecretId ?? "");
    call.authorize("secretsmanager:PutSecretValue", secret.arn);
    const { SecretString: secretString, SecretBinary: secretBinary } = input;
    const versionId = input.ClientRequestToken ?? randomUUID();
    const repeated = secret.versions.find((version) => version.versionId === versionId);
    if (repeated && (repeated.secretString !== secretString || repeated.secretBinary !== secretBinary)) {
      throw new AwsError(
        "ResourceExistsException",
        "You can't modify an existing version, you can only create a new version.",
      );
    }
    const changed = repeated
      ? secret
      : withVersion(secret, versionId, { secretString, secretBinary }, clock.now(), input.VersionStages);
    if (!repeated) store.put(changed);
    const { stages } = versionOf(changed, { versionId });
    return { ARN: secret.arn, Name: secret.name, VersionId: versionId, VersionStages: stages };
  };
