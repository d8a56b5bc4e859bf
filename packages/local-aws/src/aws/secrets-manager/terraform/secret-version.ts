import { randomUUID } from "node:crypto";
import type { Attributes, DataSourceHandler, EphemeralHandler, ResourceHandler } from "../../../provider/resource.ts";
import type { SecretsManagerContext } from "../operations/context.ts";
import { moveStage, type Secret, type SecretVersion, versionOf, withVersion } from "../secret.ts";

/** A value of a secret. A write-only one comes from the configuration of the apply and goes into the secret only, never into a record. */
export function secretVersionHandler({ store, clock }: SecretsManagerContext): ResourceHandler {
  return {
    type: "aws_secretsmanager_secret_version",
    create(planned, { config }) {
      const secret = store.get(text(planned.secret_id) ?? "");
      const value = {
        secretString: text(config.secret_string_wo) ?? text(planned.secret_string),
        secretBinary: text(planned.secret_binary),
      };
      const versionId = randomUUID();
      const changed = withVersion(secret, versionId, value, clock.now(), stagesOf(planned));
      store.put(changed);
      return {
        id: `${secret.arn}|${versionId}`,
        arn: secret.arn,
        version_id: versionId,
        version_stages: versionOf(changed, { versionId }).stages,
        has_secret_string_wo: text(config.secret_string_wo) !== undefined,
      };
    },
    // Every other change replaces the version.
    update(planned) {
      const secret = store.get(text(planned.secret_id) ?? "");
      const versionId = text(planned.version_id) ?? "";
      const versions = (stagesOf(planned) ?? []).reduce(
        (changed, stage) => moveStage(changed, stage, versionId),
        [...secret.versions],
      );
      store.put({ ...secret, versions });
      return {};
    },
    read(attributes) {
      const version = store
        .find(text(attributes.secret_id) ?? "")
        ?.versions.find(({ versionId }) => versionId === attributes.version_id);
      return version ? { ...attributes, version_stages: version.stages } : null;
    },
    // As on AWS, the current value cannot be taken away from a secret; it goes with the secret, or when another one replaces it.
    delete: () => {},
  };
}

export function secretVersionData({ store }: SecretsManagerContext): DataSourceHandler {
  return {
    type: "aws_secretsmanager_secret_version",
    read(config) {
      const { secret, version } = find(store.get(text(config.secret_id) ?? ""), config);
      return { ...describe(secret, version), id: `${secret.arn}|${version.versionId}` };
    },
  };
}

export function secretVersionEphemeral({ store }: SecretsManagerContext): EphemeralHandler {
  return {
    type: "aws_secretsmanager_secret_version",
    open(config) {
      const { secret, version } = find(store.get(text(config.secret_id) ?? ""), config);
      return describe(secret, version);
    },
  };
}

function find(secret: Secret, config: Attributes): { secret: Secret; version: SecretVersion } {
  const [versionId, stage] = [text(config.version_id), text(config.version_stage)];
  const wanted = { ...(versionId !== undefined && { versionId }), ...(stage !== undefined && { stage }) };
  return { secret, version: versionOf(secret, wanted) };
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
  return Array.isArray(stages) && stages.length > 0 ? (stages as string[]) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
