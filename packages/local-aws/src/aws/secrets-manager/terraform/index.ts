import type { TerraformParts } from "../../../provider/resource-handler.ts";
import type { SecretsManagerContext } from "../operations/context.ts";
import { randomPasswordDataSource, randomPasswordEphemeral } from "./random-password.ts";
import { secretDataSource, secretResource } from "./secret.ts";
import { secretPolicyResource } from "./secret-policy.ts";
import { secretVersionDataSource, secretVersionEphemeral, secretVersionResource } from "./secret-version.ts";

export function secretsManagerTerraform({ store, clock, random }: SecretsManagerContext): TerraformParts {
  return {
    resources: [secretResource(store, clock), secretPolicyResource(store), secretVersionResource(store, clock)],
    dataSources: [secretDataSource(store), secretVersionDataSource(store), randomPasswordDataSource(random)],
    ephemerals: [secretVersionEphemeral(store), randomPasswordEphemeral(random)],
  };
}
