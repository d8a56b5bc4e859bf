import type { Operation } from "../../gateway/protocol.ts";
import type { SecretsManagerContext } from "./operations/context.ts";
import { createSecret } from "./operations/create-secret.ts";
import { deleteSecret } from "./operations/delete-secret.ts";
import { describeSecret } from "./operations/describe-secret.ts";
import { getRandomPassword } from "./operations/get-random-password.ts";
import { getSecretValue } from "./operations/get-secret-value.ts";
import { listSecrets } from "./operations/list-secrets.ts";
import { putSecretValue } from "./operations/put-secret-value.ts";
import { restoreSecret } from "./operations/restore-secret.ts";
import { updateSecret } from "./operations/update-secret.ts";

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
