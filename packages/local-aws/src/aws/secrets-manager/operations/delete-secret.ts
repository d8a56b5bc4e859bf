import type { Call } from "../../../gateway/protocol.ts";
import { AwsError } from "../../../runtime/error.ts";
import type { Secret } from "../secret.ts";
import type { SecretsManagerContext } from "./context.ts";

interface Input {
  readonly SecretId?: string;
  readonly RecoveryWindowInDays?: number;
  readonly ForceDeleteWithoutRecovery?: boolean;
}

const DAY_MS = 86_400_000;

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html */
const MIN_RECOVERY_DAYS = 7;
const MAX_RECOVERY_DAYS = 30;

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

/** @throws AwsError `InvalidParameterException` for a recovery window that AWS refuses. */
export function scheduleDeletion(secret: Secret, days: number, now: number): Secret {
  if (days < MIN_RECOVERY_DAYS || days > MAX_RECOVERY_DAYS) {
    throw new AwsError(
      "InvalidParameterException",
      `The RecoveryWindowInDays value must be between ${MIN_RECOVERY_DAYS} and ${MAX_RECOVERY_DAYS} days (inclusive).`,
    );
  }
  return { ...secret, deletionAt: now + days * DAY_MS };
}
