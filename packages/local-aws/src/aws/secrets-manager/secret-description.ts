import { toApiTags } from "../../gateway/api-tags.ts";
import type { Secret } from "./secret.ts";

/** The members that DescribeSecret and ListSecrets have in common. */
export function secretDescription(secret: Secret): object {
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

/** The staging labels by version ID, without the versions that have none. */
export function stagesByVersion({ versions }: Secret): Record<string, readonly string[]> {
  return Object.fromEntries(
    versions.filter(({ stages }) => stages.length > 0).map(({ versionId, stages }) => [versionId, stages]),
  );
}
