import type { Call } from "../../../gateway/protocol.ts";
import { AwsError } from "../../../runtime/error.ts";
import type { SecretsManagerContext } from "./context.ts";

export const restoreSecret =
  ({ store }: SecretsManagerContext) =>
  ({ SecretId = "" }: { readonly SecretId?: string }, call: Call): object => {
    const secret = store.find(SecretId);
    if (!secret) throw new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    call.authorize("secretsmanager:RestoreSecret", secret.arn);
    store.put({ ...secret, deletionAt: undefined });
    return { ARN: secret.arn, Name: secret.name };
  };
