import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { SignatureV4 } from "@smithy/signature-v4";
import pg from "pg";

/**
 * What the function `api` needs of AWS and of PostgreSQL, by the AWS SDK. It is loaded to compare: `handler` makes the
 * bundler keep it.
 */
export const handler = {
  s3: new S3Client({}),
  secrets: new SecretsManagerClient({}),
  presign: getSignedUrl,
  signer: SignatureV4,
  pool: pg.Pool,
};
