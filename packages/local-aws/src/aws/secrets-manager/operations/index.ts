import type { Operation } from "../../../gateway/protocol.ts";
import type { SecretsManagerContext } from "./context.ts";
import { createSecret } from "./create-secret.ts";
import { deleteSecret } from "./delete-secret.ts";
import { describeSecret } from "./describe-secret.ts";
import { getRandomPassword } from "./get-random-password.ts";
import { getSecretValue } from "./get-secret-value.ts";
import { listSecrets } from "./list-secrets.ts";
import { putSecretValue } from "./put-secret-value.ts";
import { restoreSecret } from "./restore-secret.ts";
import { updateSecret } from "./update-secret.ts";

export function secretsManagerOperations(context: SecretsManagerContext): Readonly<Record<string, Operation>> {
  return {
    CreateSecret: createSecret(context),
    DeleteSecret: deleteSecret(context),
    DescribeSecret: describeSecret(context),
    GetRandomPassword: getRandomPassword(context),
    GetSecretValue: getSecretValue(context),
    ListSecrets: listSecrets(context),
    PutSecretValue: putSecretValue(context),
    RestoreSecret: restoreSecret(context),
    UpdateSecret: updateSecret(context),
  };
}
