import { AwsError } from "../../runtime/error.ts";
import type { Secret } from "./secret.ts";

const DAY_MS = 86_400_000;

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html */
const MIN_RECOVERY_DAYS = 7;
export const MAX_RECOVERY_DAYS = 30;

/**
 * Returns the secret with the time of its deletion.
 *
 * @param now milliseconds since the epoch.
 * @throws AwsError `InvalidParameterException` for a recovery window that AWS rejects.
 */
export function scheduleDeletion(secret: Secret, days: number, now: number): Secret {
  if (days < MIN_RECOVERY_DAYS || days > MAX_RECOVERY_DAYS) {
    throw new AwsError(
      "InvalidParameterException",
      `The RecoveryWindowInDays value must be between ${MIN_RECOVERY_DAYS} and ${MAX_RECOVERY_DAYS} days (inclusive).`,
    );
  }
  return { ...secret, deletionAt: now + days * DAY_MS };
}
