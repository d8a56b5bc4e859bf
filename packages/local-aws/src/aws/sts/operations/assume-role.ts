import type { Call } from "../../../gateway/protocol.ts";
import { ACCOUNT_ID } from "../../../runtime/account.ts";
import { AwsError } from "../../../runtime/error.ts";
import type { StsContext } from "./context.ts";

/** The default duration of a session. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const SESSION_MS = 60 * 60 * 1000;

interface Input {
  readonly RoleArn?: string;
  readonly RoleSessionName?: string;
}

export const assumeRole =
  ({ clock, credentialsFor }: StsContext) =>
  ({ RoleArn = "", RoleSessionName = "" }: Input, call: Call): object => {
    if (!/^arn:aws:iam::\d{12}:role\/.+/.test(RoleArn)) {
      throw new AwsError("ValidationError", `${RoleArn || "RoleArn"} is invalid`);
    }
    call.authorize("sts:AssumeRole", RoleArn);
    const { accessKeyId, secretAccessKey, sessionToken } = credentialsFor(RoleArn, RoleSessionName);
    const roleName = RoleArn.split("/").at(-1);
    return {
      Credentials: {
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        SessionToken: sessionToken,
        Expiration: new Date(clock.now() + SESSION_MS).toISOString(),
      },
      AssumedRoleUser: {
        Arn: `arn:aws:sts::${ACCOUNT_ID}:assumed-role/${roleName}/${RoleSessionName}`,
        AssumedRoleId: `AROA${accessKeyId.slice(4)}:${RoleSessionName}`,
      },
    };
  };
