import type { Environment } from "../environment/environment.ts";
import type { Statement } from "./policy.ts";

/**
 * What a program needs to use a resource: the environment variables that locate it and the statements that allow it.
 */
export interface Access {
  readonly variables: Readonly<Record<string, string>>;
  readonly statements: readonly Statement[];
}

/**
 * What a server needs to send its segments to X-Ray. The action does not support resource-level permissions:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
 */
export const traceAccess = (
  { tracing }: Environment,
  origin: "AWS::EC2::Instance" | "AWS::ECS::Container",
): Access => ({
  variables: { TRACE_ORIGIN: origin, TRACE_SAMPLING_RATE: String(tracing.samplingRate) },
  statements: [{ sid: "WriteTrace", actions: ["xray:PutTraceSegments"], resources: ["*"] }],
});

/** Where a PostgreSQL database is, and the secret with the credentials for it. */
export interface DatabaseLocation {
  /** `host:port`. */
  readonly endpoint: string;
  readonly databaseName: string;
  readonly secretArn: string;
}

/** Where a Valkey cache is, and the IAM user that connects to it. */
export interface CacheLocation {
  /** `host:port`. */
  readonly endpoint: string;
  readonly cacheName: string;
  readonly cacheArn: string;
  readonly userName: string;
  readonly userArn: string;
}

/** Allows a program to read one secret and nothing else in Secrets Manager. */
export const readSecret = (sid: string, secretArn: string): Statement => ({
  sid,
  actions: ["secretsmanager:GetSecretValue"],
  resources: [secretArn],
});

/**
 * Where Lambda stores the certificate authority of RDS, which is not among those that Node.js trusts:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-rds.html#oidc-ssl
 */
const LAMBDA_CERTIFICATES = "/var/runtime/ca-cert.pem";

/**
 * Access to PostgreSQL as the role whose credentials are in the secret.
 *
 * @param certificates path of the certificate authority of RDS where the program runs; defaults to Lambda's.
 */
export function databaseAccess(
  { database }: Environment,
  { endpoint, databaseName, secretArn }: DatabaseLocation,
  certificates = LAMBDA_CERTIFICATES,
): Access {
  return {
    variables: {
      DATABASE_ENDPOINT: endpoint,
      DATABASE_NAME: databaseName,
      DATABASE_TLS: database.tls,
      DATABASE_SECRET_ARN: secretArn,
      ...(database.tls === "verify-full" && { NODE_EXTRA_CA_CERTS: certificates }),
    },
    statements: [readSecret("ReadDatabaseSecret", secretArn)],
  };
}

/**
 * Access to Valkey, with IAM authentication where the environment uses it. Without a cache there are no variables,
 * and the programs do not use one.
 */
export function cacheAccess({ cache }: Environment, location: CacheLocation | undefined): Access {
  if (!location) return { variables: {}, statements: [] };
  const variables = { CACHE_ENDPOINT: location.endpoint, CACHE_TLS: cache.tls, CACHE_AUTH: cache.auth };
  if (cache.auth === "none") return { variables, statements: [] };
  return {
    variables: { ...variables, CACHE_USER: location.userName, CACHE_NAME: location.cacheName },
    statements: [
      {
        sid: "ConnectToCache",
        actions: ["elasticache:Connect"],
        resources: [location.cacheArn, location.userArn],
      },
    ],
  };
}
