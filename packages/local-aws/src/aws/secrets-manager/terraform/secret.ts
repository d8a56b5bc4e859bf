import { number, optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes, DataSourceHandler, ResourceHandler } from "../../../provider/resource-handler.ts";
import type { Clock } from "../../../runtime/clock.ts";
import { AwsError } from "../../../runtime/error.ts";
import { configuredOrUniqueName } from "../../../runtime/unique-name.ts";
import { MAX_RECOVERY_DAYS, scheduleDeletion } from "../schedule-deletion.ts";
import type { Secret } from "../secret.ts";
import type { SecretStore } from "../secret-store.ts";

export function secretResource(store: SecretStore, clock: Clock): ResourceHandler {
  return {
    type: "aws_secretsmanager_secret",
    identity: ({ name }) => optionalText(name),
    create(planned) {
      const name = configuredOrUniqueName(planned.name, planned.name_prefix);
      store.checkFree(name);
      const arn = store.newArn(name);
      return { id: arn, arn, name };
    },
    // The secret is created after it is recorded. A crash in between leaves a record, from which the secret is created
    // at the next start, and not a secret without a record, whose name could not be used again.
    start(attributes) {
      const described = {
        name: text(attributes.name),
        arn: text(attributes.arn),
        description: text(attributes.description),
        kmsKeyId: optionalText(attributes.kms_key_id),
        tags: (attributes.tags_all ?? {}) as Record<string, string>,
      };
      const secret = store.find(described.arn) ?? store.create(described);
      store.put({ ...secret, ...described, policy: text(attributes.policy) || secret.policy });
    },
    read(attributes) {
      const secret = store.find(text(attributes.arn));
      if (!secret || secret.deletionAt !== undefined) return null;
      return { ...attributes, policy: secret.policy };
    },
    delete(attributes) {
      const secret = store.find(text(attributes.arn));
      if (!secret || secret.deletionAt !== undefined) return;
      const days = number(attributes.recovery_window_in_days, MAX_RECOVERY_DAYS);
      if (days === 0) store.remove(secret);
      else store.put(scheduleDeletion(secret, days, clock.now()));
    },
  };
}

export function secretDataSource(store: SecretStore): DataSourceHandler {
  return {
    type: "aws_secretsmanager_secret",
    read({ arn, name }) {
      if (!arn === !name) throw new AwsError("InvalidParameterException", "Exactly one of arn and name must be set.");
      return describe(store.get(text(arn ?? name)));
    },
  };
}

function describe(secret: Secret): Attributes {
  return {
    id: secret.arn,
    arn: secret.arn,
    name: secret.name,
    description: secret.description,
    kms_key_id: secret.kmsKeyId ?? "",
    policy: secret.policy,
    created_date: new Date(secret.createdAt).toISOString(),
    last_changed_date: new Date(secret.changedAt).toISOString(),
    tags: secret.tags,
  };
}
