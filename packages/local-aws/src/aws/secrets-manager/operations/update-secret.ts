import { randomUUID } from "node:crypto";
import type { Call } from "../../../gateway/protocol.ts";
import { withVersion } from "../secret.ts";
import type { SecretsManagerContext } from "./context.ts";

interface Input {
  readonly SecretId?: string;
  readonly ClientRequestToken?: string;
  readonly Description?: string;
  readonly KmsKeyId?: string;
  readonly SecretString?: string;
  readonly SecretBinary?: string;
}

export const updateSecret =
  ({ store, clock }: SecretsManagerContext) =>
  (input: Input, call: Call): object => {
    const secret = store.get(input.SecretId ?? "");
    call.authorize("secretsmanager:UpdateSecret", secret.arn);
    const described = {
      ...secret,
      description: input.Description ?? secret.description,
      kmsKeyId: input.KmsKeyId ?? secret.kmsKeyId,
      changedAt: clock.now(),
    };
    const { SecretString: secretString, SecretBinary: secretBinary } = input;
    if (secretString === undefined && secretBinary === undefined) {
      store.put(described);
      return { ARN: secret.arn, Name: secret.name };
    }
    const versionId = input.ClientRequestToken ?? randomUUID();
    store.put(withVersion(described, versionId, { secretString, secretBinary }, clock.now()));
    return { ARN: secret.arn, Name: secret.name, VersionId: versionId };
  };
