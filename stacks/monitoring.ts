import type { Construct } from "constructs";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Bundle } from "./base/bundles.ts";
import type { Published } from "./base/outputs.ts";
import type { ClientApiKeyOutputs } from "./client-api-key.ts";
import { Alarms } from "./constructs/alarms.ts";
import { Dashboard } from "./constructs/dashboard/dashboard.ts";
import { alarmName } from "./constructs/describe-alarm.ts";
import type { ElasticacheOutputs } from "./elasticache.ts";
import type { FrontendOutputs } from "./frontend.ts";
import type { LogsOutputs } from "./logs.ts";
import { filesAlarmDefinitions } from "./monitoring/alarm-definitions.ts";
import { Canary } from "./monitoring/canary.ts";
import { type FilesResources, filesDashboard } from "./monitoring/dashboard.ts";
import type { PostgresOutputs } from "./postgres.ts";
import type { S3StorageOutputs } from "./s3-storage.ts";
import type { StateBucketOutputs } from "./state-bucket.ts";
import type { UsersOutputs } from "./users.ts";

export interface MonitoringOutputs {
  readonly canaryName: string;
  /** The name of the alarm on the database, which causes others. */
  readonly databaseGoneAlarm: string;
}

export interface MonitoringStackProps extends StackProps {
  readonly stateBucket: Published<StateBucketOutputs>;
  readonly clientApiKey: Published<ClientApiKeyOutputs>;
  readonly users: Published<UsersOutputs>;
  readonly postgres: Published<PostgresOutputs>;
  readonly s3Storage: Published<S3StorageOutputs>;
  /** Undefined in an environment without a cache. */
  readonly elasticache: Published<ElasticacheOutputs> | undefined;
  readonly frontend: Published<FrontendOutputs>;
  readonly logs: Published<LogsOutputs>;
  readonly canaryBundle: Bundle;
}

/**
 * The monitoring of the Files system and of the log lake: a canary, alarms, and a dashboard.
 */
export class MonitoringStack extends BaseStack {
  readonly outputs: Published<MonitoringOutputs>;

  constructor(scope: Construct, id: string, props: MonitoringStackProps) {
    super(scope, id, props);
    const frontend = this.read(props.frontend);
    const users = this.read(props.users);
    const storage = this.read(props.s3Storage);
    const postgres = this.read(props.postgres);
    const logs = this.read(props.logs);

    const canary = new Canary(this, "Canary", {
      bundle: props.canaryBundle,
      apiUrl: frontend.apiUrl,
      apiKeySecretArn: this.read(props.clientApiKey).apiKeySecretArn,
      accessLogBucket: this.read(props.stateBucket).accessLogBucket,
    });
    const resources: FilesResources = {
      functions: {
        Api: frontend.apiFunction,
        Authorizer: frontend.authorizerFunction,
        Users: frontend.usersFunction,
        Ui: frontend.uiFunction,
        Docs: frontend.docsFunction,
        UsersInit: users.initFunction,
        Audit: users.auditFunction,
        PostgresInit: postgres.initFunction,
        NormalizeLogs: logs.normalizeFunction,
      },
      databaseFunctions: { PostgresUpdate: storage.updateFunction, Reconcile: storage.reconcileFunction },
      reconcileFunction: storage.reconcileFunction,
      api: { apiId: frontend.apiId, stage: frontend.stage },
      bucket: storage.bucketName,
      queue: storage.queueName,
      deadLetterQueue: storage.deadLetterQueueName,
      databaseInstance: postgres.instanceId,
      cacheNode: props.elasticache && this.read(props.elasticache).firstNode,
      canary: canary.name,
      logDeliveryStream: logs.deliveryStream,
      databaseGoneAlarm: alarmName(this, "DatabaseGone"),
    };
    const alarms = new Alarms(this, "Alarms", {
      alarmDefinitions: filesAlarmDefinitions(resources, this.environment),
    });
    new Dashboard(this, "Dashboard", {
      name: "files",
      title: "Files",
      summary: "The Files API, its functions, its database, its cache and its bucket events, and the log lake.",
      alarms,
      rows: filesDashboard(resources),
    });
    this.outputs = this.publish({ canaryName: canary.name, databaseGoneAlarm: resources.databaseGoneAlarm });
  }
}
