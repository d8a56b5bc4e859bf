import type { TerraformParts } from "../../provider/resource.ts";
import type { SecretsManagerContext } from "./operations/context.ts";
import { randomPasswordData, randomPasswordEphemeral } from "./terraform/random-password.ts";
import { secretData, secretHandler, secretPolicyHandler } from "./terraform/secret.ts";
import { secretVersionData, secretVersionEphemeral, secretVersionHandler } from "./terraform/secret-version.ts";

export function secretsManagerTerraform(context: SecretsManagerContext): TerraformParts {
  return {
    resources: [secretHandler(context), secretPolicyHandler(context), secretVersionHandler(context)],
    dataSources: [secretData(context), secretVersionData(context), randomPasswordData(context)],
    ephemerals: [secretVersionEphemeral(context), randomPasswordEphemeral(context)],
  };
}
