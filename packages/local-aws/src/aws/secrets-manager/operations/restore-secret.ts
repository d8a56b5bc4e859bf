import type { Call } from "../../../gateway/protocol.ts";
import type { SecretsManagerContext } from "./context.ts";

interface Input {
  readonly SecretId?: string;
}

export const restoreSecret =
  ({ store }: SecretsManagerContext) =>
  ({ SecretId = "" }: Input, call: Call): object => {
    const secret = store.getIncludingDeleted(SecretId);
    call.authorize("secretsmanager:RestoreSecret", secret.arn);
    store.put({ ...secret, deletionAt: undefined });
    return { ARN: secret.arn, Name: secret.name };
  };
