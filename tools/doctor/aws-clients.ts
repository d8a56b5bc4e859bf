import { ACMClient } from "@aws-sdk/client-acm";
import { EC2Client } from "@aws-sdk/client-ec2";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { RDSClient } from "@aws-sdk/client-rds";
import { Route53Client } from "@aws-sdk/client-route-53";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { SNSClient } from "@aws-sdk/client-sns";
import { STSClient } from "@aws-sdk/client-sts";
import type { Aws } from "../aws/open-aws.ts";

/** An SDK client for every service that the checks query. */
export interface AwsClients {
  readonly acm: ACMClient;
  readonly ec2: EC2Client;
  readonly iam: IAMClient;
  readonly lambda: LambdaClient;
  readonly rds: RDSClient;
  readonly route53: Route53Client;
  readonly s3: S3Client;
  readonly secretsManager: SecretsManagerClient;
  readonly serviceQuotas: ServiceQuotasClient;
  readonly sns: SNSClient;
  readonly sts: STSClient;
}

/** Timeouts in ms, after which a check reports that it could not be made. */
const requestHandler = { connectionTimeout: 5_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

export function createAwsClients(
  client: Aws["client"] & { readonly maxAttempts?: number },
  { forcePathStyle }: { readonly forcePathStyle: boolean },
): AwsClients {
  const options = { ...client, requestHandler };
  return {
    acm: new ACMClient(options),
    ec2: new EC2Client(options),
    iam: new IAMClient(options),
    lambda: new LambdaClient(options),
    rds: new RDSClient(options),
    route53: new Route53Client(options),
    s3: new S3Client({ ...options, forcePathStyle }),
    secretsManager: new SecretsManagerClient(options),
    serviceQuotas: new ServiceQuotasClient(options),
    sns: new SNSClient(options),
    sts: new STSClient(options),
  };
}
