import { text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import type { SecretStore } from "../secret-store.ts";

export function secretPolicyResource(store: SecretStore): ResourceHandler {
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
