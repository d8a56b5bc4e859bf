import { randomUUID } from "node:crypto";
import { optionalText, text, texts } from "../../../provider/attributes.ts";
import type {
  Attributes,
  DataSourceHandler,
  EphemeralHandler,
  ResourceHandler,
} from "../../../provider/resource-handler.ts";
import type { Clock } from "../../../runtime/clock.ts";
import { moveStage, type Secret, type SecretVersion, versionOf, withVersion } from "../secret.ts";
import type { SecretStore } from "../secret-store.ts";

/**
 * A value of a secret. A write-only value is read from the configuration and stored in the secret only, not in the
 * record of the resource.
 */
export function secretVersionResource(store: SecretStore, clock: Clock): ResourceHandler {
  return {
    type: "aws_secretsmanager_secret_version",
    create(planned, { config }) {
      const secret = store.get(text(planned.secret_id));
      const value = {
        secretString: optionalText(config.secret_string_wo) ?? optionalText(planned.secret_string),
        secretBinary: optionalText(planned.secret_binary),
      };
      const versionId = randomUUID();
      const changed = withVersion(secret, versionId, value, clock.now(), stagesOf(planned));
      store.put(changed);
      return {
        id: `${secret.arn}|${versionId}`,
        arn: secret.arn,
        version_id: versionId,
        version_stages: versionOf(changed, { versionId }).stages,
        has_secret_string_wo: optionalText(config.secret_string_wo) !== undefined,
      };
    },
    // Only the stages can be updated; Terraform replaces the version for any other change.
    update(planned) {
      const secret = store.get(text(planned.secret_id));
      const versionId = text(planned.version_id);
      const versions = (stagesOf(planned) ?? []).reduce(
        (changed, stage) => moveStage(changed, stage, versionId),
        [...secret.versions],
      );
      store.put({ ...secret, versions });
      return {};
    },
    read(attributes) {
      const version = store
        .find(text(attributes.secret_id))
        ?.versions.find(({ versionId }) => versionId === attributes.version_id);
      return version ? { ...attributes, version_stages: version.stages } : null;
    },
    // As on AWS, the current version cannot be deleted: it remains until another version replaces it or the secret is
    // deleted.
    delete: () => {},
  };
}

export function secretVersionDataSource(store: SecretStore): DataSourceHandler {
  return {
    type: "aws_secretsmanager_secret_version",
    read(config) {
      const { secret, version } = findVersion(store, config);
      return { ...describe(secret, version), id: `${secret.arn}|${version.versionId}` };
    },
  };
}

export function secretVersionEphemeral(store: SecretStore): EphemeralHandler {
  return {
    type: "aws_secretsmanager_secret_version",
    open(config) {
      const { secret, version } = findVersion(store, config);
      return describe(secret, version);
    },
  };
}

function findVersion(store: SecretStore, config: Attributes): { secret: Secret; version: SecretVersion } {
  const secret = store.get(text(config.secret_id));
  const [versionId, stage] = [optionalText(config.version_id), optionalText(config.version_stage)];
  const selection = { ...(versionId !== undefined && { versionId }), ...(stage !== undefined && { stage }) };
  return { secret, version: versionOf(secret, selection) };
}

function describe(secret: Secret, version: SecretVersion): Attributes {
  return {
    arn: secret.arn,
    version_id: version.versionId,
    version_stages: version.stages,
    secret_string: version.secretString ?? null,
    secret_binary: version.secretBinary ?? null,
    created_date: new Date(version.createdAt).toISOString(),
  };
}

function stagesOf({ version_stages: stages }: Attributes): string[] | undefined {
  const labels = texts(stages);
  return labels.length > 0 ? labels : undefined;
}
