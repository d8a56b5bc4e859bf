import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import type { App } from "cdktf";
import { BaseStack } from "./base/base-stack.ts";
import type { Bundles } from "./base/bundles.ts";
import type { Published } from "./base/outputs.ts";
import { BastionStack } from "./bastion.ts";
import { ClientApiKeyStack } from "./client-api-key.ts";
import { Alarms } from "./constructs/alarms.ts";
import type { HttpRoute } from "./constructs/http-api.ts";
import { LakeSubscription } from "./constructs/lake-subscription.ts";
import { DeliveryStack } from "./delivery.ts";
import { type ElasticacheOutputs, ElasticacheStack } from "./elasticache.ts";
import type { Environment } from "./environment/environment.ts";
import { type FrontendOutputs, FrontendStack } from "./frontend.ts";
import { HelloStack } from "./hello.ts";
import { ImagesStack } from "./images.ts";
import { LogsStack } from "./logs.ts";
import { type MonitoringOutputs, MonitoringStack } from "./monitoring.ts";
import { NotificationsStack } from "./notifications.ts";
import { OverviewStack } from "./overview.ts";
import { type PostgresOutputs, PostgresStack } from "./postgres.ts";
import { ReleasesStack } from "./releases.ts";
import { type Route53Outputs, Route53Stack } from "./route53.ts";
import { type S3StorageOutputs, S3StorageStack } from "./s3-storage.ts";
import { type SecretsOutputs, SecretsStack } from "./secrets.ts";
import { ShoutStack } from "./shout.ts";
import { SloStack } from "./slo.ts";
import { StateBucketStack } from "./state-bucket.ts";
import { type SumOutputs, SumStack } from "./sum.ts";
import { type UsersOutputs, UsersStack } from "./users.ts";
import { type VpcOutputs, VpcStack } from "./vpc.ts";

export interface StacksProps {
  readonly environment: Environment;
  readonly bundles: Bundles;
  /** The HTTP routes of each service behind an API Gateway. */
  readonly routes: Readonly<Record<"files" | "users" | "ui" | "docs" | "hello" | "releases", readonly HttpRoute[]>>;
}

/** Outputs of the Files system that other systems and the overview use. */
interface FilesOutputs {
  readonly vpc: Published<VpcOutputs>;
  readonly secrets: Published<SecretsOutputs>;
  readonly postgres: Published<PostgresOutputs>;
  readonly route53: Published<Route53Outputs>;
  readonly users: Published<UsersOutputs>;
  readonly elasticache: Published<ElasticacheOutputs> | undefined;
  readonly s3Storage: Published<S3StorageOutputs>;
  readonly frontend: Published<FrontendOutputs>;
  readonly monitoring: Published<MonitoringOutputs>;
}

/** Adds every stack of the environment to the app. */
export function addStacks(app: App, props: StacksProps): void {
  const { environment, bundles, routes } = props;
  const stateBucketStack = new StateBucketStack(app, "state-bucket", { environment });
  const stateBucket = stateBucketStack.outputs;
  const notificationsStack = new NotificationsStack(app, "notifications", {
    environment,
    notifierBundle: bundles.notifier,
  });
  const logsStack = new LogsStack(app, "logs", {
    environment,
    stateBucket,
    normalizeBundle: bundles["normalize-logs"],
  });
  const files = addFilesStacks(app, props, stateBucketStack, logsStack);
  const deliveryStack = new DeliveryStack(app, "delivery", { environment, stateBucket });

  const { parts } = environment;
  const hello = parts.includes("hello")
    ? new HelloStack(app, "hello", {
        environment,
        route53: files.route53,
        bundle: bundles.hello,
        routes: routes.hello,
      }).outputs
    : undefined;
  const releases = parts.includes("releases")
    ? new ReleasesStack(app, "releases", {
        environment,
        buildInfoBundle: bundles["build-info"],
        guardBundle: bundles["release-guard"],
        routes: routes.releases,
      }).outputs
    : undefined;
  const shout = parts.includes("shout")
    ? new ShoutStack(app, "shout", { environment, stateBucket, vpc: files.vpc, bundle: bundles.shout }).outputs
    : undefined;
  const sum = parts.includes("sum") ? addSumStacks(app, props, stateBucketStack, files) : undefined;
  const systems = { ...files, hello, releases, shout, sum };
  const sloStack = new SloStack(app, "slo", { environment, ...systems });
  if (environment.dashboards.includes("overview")) {
    const notifications = notificationsStack.outputs;
    const alarmArns = [...findAlarmArns(app), ...sloStack.alarmArns];
    new OverviewStack(app, "overview", { environment, notifications, ...systems, alarmArns });
  }
  addCommonDependencies(app, { stateBucketStack, deliveryStack, notificationsStack, logsStack });
}

/** The Files API, its network, its database and its monitoring. */
function addFilesStacks(
  app: App,
  { environment, bundles, routes }: StacksProps,
  { outputs: stateBucket }: StateBucketStack,
  { outputs: logs }: LogsStack,
): FilesOutputs {
  const vpc = new VpcStack(app, "vpc", { environment, stateBucket }).outputs;
  const secrets = new SecretsStack(app, "secrets", { environment }).outputs;
  const clientApiKey = new ClientApiKeyStack(app, "client-api-key", { environment }).outputs;
  const route53 = new Route53Stack(app, "route53", { environment }).outputs;
  const users = new UsersStack(app, "users", {
    environment,
    secrets,
    clientApiKey,
    initBundle: bundles["users-init"],
    auditBundle: bundles.audit,
  }).outputs;
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
    users,
    postgres,
    s3Storage,
    route53,
    elasticache,
    apiBundle: bundles.api,
    authorizerBundle: bundles.authorizer,
    usersBundle: bundles.users,
    uiBundle: bundles.ui,
    docsBundle: bundles.docs,
    fileRoutes: routes.files,
    userRoutes: routes.users,
    uiRoutes: routes.ui,
    docsRoutes: routes.docs,
  }).outputs;
  const monitoring = new MonitoringStack(app, "monitoring", {
    environment,
    stateBucket,
    clientApiKey,
    users,
    postgres,
    s3Storage,
    elasticache,
    frontend,
    logs,
    canaryBundle: bundles.canary,
  }).outputs;
  return { monitoring, vpc, secrets, postgres, route53, users, elasticache, s3Storage, frontend };
}

/** The Sum system, the repositories of its container images, and the bastion that reaches its instance. */
function addSumStacks(
  app: App,
  { environment, bundles }: StacksProps,
  { outputs: stateBucket }: StateBucketStack,
  { vpc, secrets, postgres, users, monitoring }: FilesOutputs,
): Published<SumOutputs> {
  const images = new ImagesStack(app, "images", {
    environment,
    displayBundle: bundles.display,
    resetBundle: bundles.reset,
  }).outputs;
  const sum = new SumStack(app, "sum", {
    environment,
    stateBucket,
    vpc,
    secrets,
    postgres,
    users,
    images,
    monitoring,
    adderBundle: bundles.adder,
  }).outputs;
  new BastionStack(app, "bastion", { environment, vpc, sum });
  return sum;
}

interface CommonStacks {
  readonly stateBucketStack: StateBucketStack;
  readonly deliveryStack: DeliveryStack;
  readonly notificationsStack: NotificationsStack;
  readonly logsStack: LogsStack;
}

/**
 * Dependencies that no output expresses: every state is stored in the state bucket, every role needs the permissions
 * boundary that the stack `delivery` creates, every alarm the topic of the stack `notifications`, and every log group
 * the log lake.
 */
function addCommonDependencies(
  app: App,
  { stateBucketStack, deliveryStack, notificationsStack, logsStack }: CommonStacks,
): void {
  for (const stack of app.node.children) {
    if (!(stack instanceof BaseStack) || stack === stateBucketStack) continue;
    stack.addDependency(stateBucketStack);
    if (stack !== deliveryStack && contains(stack, IamRole)) stack.addDependency(deliveryStack);
    if (stack !== notificationsStack && contains(stack, CloudwatchMetricAlarm)) {
      stack.addDependency(notificationsStack);
    }
    if (contains(stack, LakeSubscription)) stack.addDependency(logsStack);
  }
}

/** Of the alarms of all stacks that exist so far. */
function findAlarmArns(app: App): string[] {
  return app.node.findAll().flatMap((construct) => (construct instanceof Alarms ? construct.arns : []));
}

function contains(
  stack: BaseStack,
  type: typeof IamRole | typeof CloudwatchMetricAlarm | typeof LakeSubscription,
): boolean {
  return stack.node.findAll().some((construct) => construct instanceof type);
}
