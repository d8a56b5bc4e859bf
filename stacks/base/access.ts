import type { ElasticacheOutputs } from "../elasticache.ts";
import type { Environment } from "../environment/environment.ts";
import type { PostgresOutputs } from "../postgres.ts";
import type { SecretsOutputs } from "../secrets.ts";
import type { Statement } from "./policy.ts";

/** What a function needs to use something: variables that tell where it is, statements that allow it. */
export interface Access {
  readonly variables: Readonly<Record<string, string>>;
  readonly statements: readonly Statement[];
}

/** The only action on a secret that a program needs. */
export const readSecret = (sid: string, secretArn: string): Statement => ({
  sid,
  actions: ["secretsmanager:GetSecretValue"],
  resources: [secretArn],
});

/** Where Lambda keeps RDS's certificate authority, which is none of Node's own: https://docs.aws.amazon.com/lambda/latest/dg/services-rds.html#oidc-ssl */
const LAMBDA_CERTIFICATES = "/var/runtime/ca-cert.pem";

/**
 * PostgreSQL, as an application's own role.
 *
 * @param certificates path of RDS's certificate authority where the program runs
 */
export function databaseAccess(
  { database }: Environment,
  { endpoint, databaseName }: Pick<PostgresOutputs, "endpoint" | "databaseName">,
  { postgresSecretArn }: Pick<SecretsOutputs, "postgresSecretArn">,
  certificates = LAMBDA_CERTIFICATES,
): Access {
  return {
    variables: {
      DATABASE_ENDPOINT: endpoint,
      DATABASE_NAME: databaseName,
      DATABASE_TLS: database.tls,
      DATABASE_SECRET_ARN: postgresSecretArn,
      ...(database.tls === "verify-full" && { NODE_EXTRA_CA_CERTS: certificates }),
    },
    statements: [readSecret("ReadDatabaseSecret", postgresSecretArn)],
  };
}

/** Valkey, as its IAM user where there is one; a program that is told of no cache does without. */
export function cacheAccess({ cache }: Environment, outputs: ElasticacheOutputs | undefined): Access {
  if (!outputs) return { variables: {}, statements: [] };
  const variables = { CACHE_ENDPOINT: outputs.endpoint, CACHE_TLS: cache.tls, CACHE_AUTH: cache.auth };
  if (cache.auth === "none") return { variables, statements: [] };
  return {
    variables: { ...variables, CACHE_USER: outputs.userName, CACHE_NAME: outputs.cacheName },
    statements: [
      {
        sid: "ConnectToCache",
        actions: ["elasticache:Connect"],
        resources: [outputs.cacheArn, outputs.userArn],
      },
    ],
  };
}
