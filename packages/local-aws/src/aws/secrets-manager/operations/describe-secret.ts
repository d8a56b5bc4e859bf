import type { Call } from "../../../gateway/protocol.ts";
import { secretDescription, stagesByVersion } from "../secret-description.ts";
import type { SecretsManagerContext } from "./context.ts";

interface Input {
  readonly SecretId?: string;
}

/** Also describes a secret that is scheduled for deletion. */
export const describeSecret =
  ({ store }: SecretsManagerContext) =>
  ({ SecretId = "" }: Input, call: Call): object => {
    const secret = store.getIncludingDeleted(SecretId);
    call.authorize("secretsmanager:DescribeSecret", secret.arn);
    return { ...secretDescription(secret), VersionIdsToStages: stagesByVersion(secret) };
  };
