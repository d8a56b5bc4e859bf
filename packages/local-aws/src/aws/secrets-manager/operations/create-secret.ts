import { randomUUID } from "node:crypto";
import { type ApiTags, fromApiTags } from "../../../gateway/api-tags.ts";
import type { Call } from "../../../gateway/protocol.ts";
import { AwsError } from "../../../runtime/error.ts";
import { withVersion } from "../secret.ts";
import type { SecretsManagerContext } from "./context.ts";

interface Input {
  readonly Name?: string;
  readonly Description?: string;
  readonly KmsKeyId?: string;
  readonly ClientRequestToken?: string;
  readonly SecretString?: string;
  readonly SecretBinary?: string;
  readonly Tags?: ApiTags;
}

export const createSecret =
  ({ store, clock }: SecretsManagerContext) =>
  (input: Input, call: Call): object => {
    const name = input.Name ?? "";
    // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
    if (!/^[\w/+=.@!-]{1,512}$/.test(name)) {
      throw new AwsError(
        "ValidationException",
        "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
      );
    }
    const arn = store.newArn(name);
    call.authorize("secretsmanager:CreateSecret", arn);
    store.checkFree(name);
    const secret = store.create({
      name,
      arn,
      description: input.Description ?? "",
      kmsKeyId: input.KmsKeyId,
      tags: fromApiTags(input.Tags),
    });
    const { SecretString: secretString, SecretBinary: secretBinary } = input;
    if (secretString === undefined && secretBinary === undefined) return { ARN: arn, Name: name };
    const versionId = input.ClientRequestToken ?? randomUUID();
    store.put(withVersion(secret, versionId, { secretString, secretBinary }, clock.now()));
    return { ARN: arn, Name: name, VersionId: versionId };
  };
