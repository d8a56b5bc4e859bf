import type { Call } from "../../../gateway/protocol.ts";
import { versionOf } from "../secret.ts";
import type { SecretsManagerContext } from "./context.ts";

interface Input {
  readonly SecretId?: string;
  readonly VersionId?: string;
  readonly VersionStage?: string;
}

export const getSecretValue =
  ({ store }: SecretsManagerContext) =>
  ({ SecretId = "", VersionId, VersionStage }: Input, call: Call): object => {
    const secret = store.get(SecretId);
    call.authorize("secretsmanager:GetSecretValue", secret.arn);
    const version = versionOf(secret, {
      ...(VersionId !== undefined && { versionId: VersionId }),
      ...(VersionStage !== undefined && { stage: VersionStage }),
    });
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: version.versionId,
      SecretString: version.secretString,
      SecretBinary: version.secretBinary,
      VersionStages: version.stages,
      CreatedDate: version.createdAt / 1000,
    };
  };
