import { type Access, queryService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { DataSourceHandler, TerraformParts } from "../../provider/resource.ts";
import { ACCOUNT_ID, REGION } from "../../runtime/account.ts";
import { AwsError } from "../../runtime/error.ts";
import type { SessionCredentials } from "../iam/access-control.ts";

const SESSION_MS = 60 * 60 * 1000;

type CredentialsFor = (roleArn: string, sessionName: string) => SessionCredentials;

export function sts(access: Access, credentialsFor: CredentialsFor): AwsService {
  return queryService(
    {
      signingName: "sts",
      namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
      operations: {
        GetCallerIdentity: (_input, { caller }) => ({
          Arn: caller.arn,
          UserId: caller.kind === "root" ? ACCOUNT_ID : caller.accessKeyId,
          Account: ACCOUNT_ID,
        }),
        AssumeRole: ({ RoleArn = "", RoleSessionName = "" }, call) => {
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
              Expiration: new Date(access.clock.now() + SESSION_MS).toISOString(),
            },
            AssumedRoleUser: {
              Arn: `arn:aws:sts::${ACCOUNT_ID}:assumed-role/${roleName}/${RoleSessionName}`,
              AssumedRoleId: `AROA${accessKeyId.slice(4)}:${RoleSessionName}`,
            },
          };
        },
      },
    },
    access,
  );
}

const callerIdentity: DataSourceHandler = {
  type: "aws_caller_identity",
  read: () => ({
    id: ACCOUNT_ID,
    account_id: ACCOUNT_ID,
    arn: `arn:aws:iam::${ACCOUNT_ID}:root`,
    user_id: ACCOUNT_ID,
  }),
};

const region: DataSourceHandler = {
  type: "aws_region",
  read: () => ({
    id: REGION,
    name: REGION,
    description: "US East (N. Virginia)",
    endpoint: `ec2.${REGION}.amazonaws.com`,
  }),
};

const partition: DataSourceHandler = {
  type: "aws_partition",
  read: () => ({
    id: "aws",
    partition: "aws",
    dns_suffix: "amazonaws.com",
    reverse_dns_prefix: "com.amazonaws",
  }),
};

export const stsTerraform: TerraformParts = { dataSources: [callerIdentity, region, partition] };
