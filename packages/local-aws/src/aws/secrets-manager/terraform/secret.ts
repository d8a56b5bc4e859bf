import type { Attributes, DataSourceHandler, ResourceHandler } from "../../../provider/resource.ts";
import { AwsError } from "../../../runtime/error.ts";
import { givenOrUniqueName } from "../../../runtime/unique-name.ts";
import type { SecretsManagerContext } from "../operations/context.ts";
import { scheduleDeletion } from "../operations/delete-secret.ts";
import type { Secret } from "../secret.ts";

export function secretHandler({ store, clock }: SecretsManagerContext): ResourceHandler {
  return {
    type: "aws_secretsmanager_secret",
    identity: ({ name }) => (typeof name === "string" ? name : undefined),
    create(planned) {
      const name = givenOrUniqueName(planned.name, planned.name_prefix);
      store.checkFree(name);
      const arn = store.newArn(name);
      return { id: arn, arn, name };
    },
    // The secret is made here, once it is recorded: a crash in between leaves a record that makes it, never a secret that blocks its name.
    start(attributes) {
      const described = {
        name: text(attributes.name),
        arn: text(attributes.arn),
        description: text(attributes.description),
        kmsKeyId: text(attributes.kms_key_id) || undefined,
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
      const days = Number(attributes.recovery_window_in_days ?? 30);
      if (days === 0) store.remove(secret);
      else store.put(scheduleDeletion(secret, days, clock.now()));
    },
  };
}

export function secretPolicyHandler({ store }: SecretsManagerContext): ResourceHandler {
  const setPolicy = (attributes: Attributes, policy: string) => {
    const secret = store.find(text(attributes.secret_arn));
    if (secret) store.put({ ...secret, policy });
  };
  return {
    type: "aws_secretsmanager_secret_policy",
    create: ({ secret_arn: id }) => ({ id: store.get(text(id)).arn }),
    start: (attributes) => setPolicy(attributes, text(attributes.policy)),
    read: (attributes) => (store.find(text(attributes.secret_arn))?.policy ? attributes : null),
    delete: (attributes) => setPolicy(attributes, ""),
  };
}

export function secretData({ store }: SecretsManagerContext): DataSourceHandler {
  return {
    type: "aws_secretsmanager_secret",
    read({ arn, name }) {
      if (!arn === !name) throw new AwsError("InvalidParameterException", "exactly one of arn and name must be given");
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

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
