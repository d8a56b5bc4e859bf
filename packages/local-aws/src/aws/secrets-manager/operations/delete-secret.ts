import type { Call } from "../../../gateway/protocol.ts";
import { MAX_RECOVERY_DAYS, scheduleDeletion } from "../schedule-deletion.ts";
import type { SecretsManagerContext } from "./context.ts";

interface Input {
  readonly SecretId?: string;
  readonly RecoveryWindowInDays?: number;
  readonly ForceDeleteWithoutRecovery?: boolean;
}

export const deleteSecret =
  ({ store, clock }: SecretsManagerContext) =>
  ({ SecretId = "", RecoveryWindowInDays, ForceDeleteWithoutRecovery = false }: Input, call: Call): object => {
    const secret = store.get(SecretId);
    call.authorize("secretsmanager:DeleteSecret", secret.arn);
    if (ForceDeleteWithoutRecovery) {
      store.remove(secret);
      return { ARN: secret.arn, Name: secret.name, DeletionDate: clock.now() / 1000 };
    }
    const deleted = scheduleDeletion(secret, RecoveryWindowInDays ?? MAX_RECOVERY_DAYS, clock.now());
    store.put(deleted);
    return { ARN: secret.arn, Name: secret.name, DeletionDate: (deleted.deletionAt ?? 0) / 1000 };
  };
