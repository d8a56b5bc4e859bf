import type { App } from "cdktf";
import type { Bundles } from "./base/bundles.ts";
import type { Published } from "./base/outputs.ts";
import { ClientApiKeyStack } from "./client-api-key.ts";
import type { HttpRoute } from "./constructs/http-api.ts";
import { ElasticacheStack } from "./elasticache.ts";
import type { Environment } from "./environment/environment.ts";
import { FrontendStack } from "./frontend.ts";
import { MonitoringStack } from "./monitoring.ts";
import { type PostgresOutputs, PostgresStack } from "./postgres.ts";
import { type Route53Outputs, Route53Stack } from "./route53.ts";
import { S3StorageStack } from "./s3-storage.ts";
import { type SecretsOutputs, SecretsStack } from "./secrets.ts";
import { StateBucketStack } from "./state-bucket.ts";
import { type VpcOutputs, VpcStack } from "./vpc.ts";

export interface FilesProps {
  readonly environment: Environment;
  readonly bundles: Bundles;
  readonly routes: readonly HttpRoute[];
}

/** What other systems use of this one. */
export interface FilesStacks {
  readonly stateBucketStack: StateBucketStack;
  readonly vpc: Published<VpcOutputs>;
  readonly secrets: Published<SecretsOutputs>;
  readonly postgres: Published<PostgresOutputs>;
  readonly route53: Published<Route53Outputs>;
}

/** The stacks of the Files system, each told what it uses of the others. */
export function addFilesStacks(app: App, { environment, bundles, routes }: FilesProps): FilesStacks {
  const stateBucketStack = new StateBucketStack(app, "state-bucket", { environment });
  const stateBucket = stateBucketStack.outputs;
  const vpc = new VpcStack(app, "vpc", { environment, stateBucket }).outputs;
  const secrets = new SecretsStack(app, "secrets", { environment }).outputs;
  const clientApiKey = new ClientApiKeyStack(app, "client-api-key", { environment }).outputs;
  const route53 = new Route53Stack(app, "route53", { environment }).outputs;
  const postgres = new PostgresStack(app, "postgres", {
    environment,
    vpc,
    secrets,
    initBundle: bundles["postgres-init"],
  }).outputs;
  const elasticache = environment.parts.includes("cache")
    ? new ElasticacheStack(app, "elasticache", { environment, vpc }).outputs
    : undefined;
  const s3Storage = new S3StorageStack(app, "s3-storage", {
    environment,
    stateBucket,
    vpc,
    secrets,
    postgres,
    elasticache,
    updateBundle: bundles["postgres-update"],
  }).outputs;
  const frontend = new FrontendStack(app, "frontend", {
    environment,
    vpc,
    secrets,
    clientApiKey,
    postgres,
    s3Storage,
    route53,
    elasticache,
    apiBundle: bundles.api,
    authorizerBundle: bundles.authorizer,
    routes,
  }).outputs;
  new MonitoringStack(app, "monitoring", {
    environment,
    stateBucket,
    clientApiKey,
    postgres,
    s3Storage,
    elasticache,
    frontend,
    canaryBundle: bundles.canary,
  });
  return { stateBucketStack, vpc, secrets, postgres, route53 };
}
