import type { Call } from "../../../gateway/protocol.ts";
import { AwsError } from "../../../runtime/error.ts";
import type { Secret } from "../secret.ts";
import type { SecretsManagerContext } from "./context.ts";
import { toApiTags } from "./tags.ts";

/** Also answers for a secret that can still be restored. */
export const describeSecret =
  ({ store }: SecretsManagerContext) =>
  ({ SecretId = "" }: { readonly SecretId?: string }, call: Call): object => {
    const secret = store.find(SecretId);
    if (!secret) throw new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    call.authorize("secretsmanager:DescribeSecret", secret.arn);
    return { ...describe(secret), VersionIdsToStages: stagesByVersion(secret) };
  };

/** What both DescribeSecret and ListSecrets say of a secret. */
export function describe(secret: Secret): object {
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description || undefined,
    KmsKeyId: secret.kmsKeyId,
    OwningService: secret.owningService,
    CreatedDate: secret.createdAt / 1000,
    LastChangedDate: secret.changedAt / 1000,
    DeletedDate: secret.deletionAt === undefined ? undefined : secret.deletionAt / 1000,
    Tags: toApiTags(secret.tags),
  };
}

export function stagesByVersion({ versions }: Secret): Record<string, readonly string[]> {
  return Object.fromEntries(
    versions.filter(({ stages }) => stages.length > 0).map(({ versionId, stages }) => [versionId, stages]),
  );
}
