import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance/index.js";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group/index.js";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { LambdaInvocation } from "@cdktf/provider-aws/lib/lambda-invocation/index.js";
import type { Construct } from "constructs";
import { databaseAccess, readSecret } from "./base/access.ts";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Bundle } from "./base/bundles.ts";
import type { Published } from "./base/outputs.ts";
import { policyDocument, serviceTrust } from "./base/policy.ts";
import { LakeSubscription } from "./constructs/lake-subscription.ts";
import { NodeFunction } from "./constructs/node-function.ts";
import type { SecretsOutputs } from "./secrets.ts";
import type { VpcOutputs } from "./vpc.ts";

export interface PostgresOutputs {
  /** `host:port`. */
  readonly endpoint: string;
  readonly databaseName: string;
  readonly instanceId: string;
  readonly initFunction: string;
}

export interface PostgresStackProps extends StackProps {
  readonly vpc: Published<VpcOutputs>;
  readonly secrets: Published<SecretsOutputs>;
  /** The service that runs the migrations. */
  readonly initBundle: Bundle;
}

const MAJOR_VERSION = "17";
const DATABASE_NAME = "nv_demo";
const LOG_EXPORTS = ["postgresql", "upgrade"];

/**
 * The PostgreSQL database, and the function that runs its migrations at creation and whenever the migrations change.
 */
export class PostgresStack extends BaseStack {
  readonly outputs: Published<PostgresOutputs>;

  constructor(scope: Construct, id: string, props: PostgresStackProps) {
    super(scope, id, props);
    const vpc = this.read(props.vpc);
    const secrets = this.read(props.secrets);

    const instance = this.#instance(vpc);
    const init = this.#initFunction(props.initBundle, vpc, secrets, instance);
    new LambdaInvocation(this, "Init", {
      functionName: init.name,
      input: JSON.stringify({ name: "init" }),
      // The zip file contains the migrations, so its hash changes with them. Running them again changes nothing.
      triggers: { program: props.initBundle.sha256, database: instance.resourceId },
      dependsOn: [init.resource],
    });
    this.outputs = this.publish({
      endpoint: instance.endpoint,
      databaseName: DATABASE_NAME,
      instanceId: instance.identifier,
      initFunction: init.name,
    });
  }

  #instance(vpc: VpcOutputs): DbInstance {
    const { database, dataOnDestroy, logRetentionDays } = this.environment;
    const identifier = this.physicalName("database", "postgres");
    // Created before RDS creates them itself, without a retention period.
    const logGroups = LOG_EXPORTS.map(
      (log) =>
        new CloudwatchLogGroup(this, `Log-${log}`, {
          name: `/aws/rds/instance/${identifier}/${log}`,
          retentionInDays: logRetentionDays,
        }),
    );
    for (const [index, logGroup] of logGroups.entries()) {
      new LakeSubscription(this, `Lake-${LOG_EXPORTS[index]}`, { logGroup });
    }
    const subnets = new DbSubnetGroup(this, "Subnets", {
      name: this.physicalName("subnetGroup", "postgres"),
      description: "Subnets without a route to the internet",
      subnetIds: [...vpc.databaseSubnetIds],
    });
    const monitoring = this.#monitoringRole();
    return new DbInstance(this, "Instance", {
      identifier,
      engine: "postgres",
      engineVersion: MAJOR_VERSION,
      autoMinorVersionUpgrade: true,
      instanceClass: database.instanceClass,
      parameterGroupName: this.#parameters().name,
      caCertIdentifier: "rds-ca-rsa2048-g1",

      dbName: DATABASE_NAME,
      username: "nv_demo_owner",
      manageMasterUserPassword: true, // RDS creates, stores and rotates it; only postgres-init reads it.
      iamDatabaseAuthenticationEnabled: true,

      ...(database.port !== undefined && { port: database.port }),
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds: [vpc.databaseSecurityGroupId],
      publiclyAccessible: false,
      multiAz: database.multiAz,

      allocatedStorage: database.storage.initial,
      maxAllocatedStorage: database.storage.maximum,
      storageType: "gp3",
      storageEncrypted: true,

      backupRetentionPeriod: database.backupDays,
      backupWindow: "03:00-04:00",
      maintenanceWindow: "sun:04:30-sun:05:30",
      copyTagsToSnapshot: true,
      deletionProtection: database.deletionProtection,
      ...(dataOnDestroy === "delete"
        ? { skipFinalSnapshot: true }
        : { skipFinalSnapshot: false, finalSnapshotIdentifier: `${identifier}-final` }),
      applyImmediately: dataOnDestroy === "delete",

      enabledCloudwatchLogsExports: LOG_EXPORTS,
      monitoringInterval: 60,
      monitoringRoleArn: monitoring.role.arn,
      performanceInsightsEnabled: true,
      performanceInsightsRetentionPeriod: 7,
      dependsOn: [...logGroups, monitoring.permissions],
    });
  }

  #parameters(): DbParameterGroup {
    return new DbParameterGroup(this, "Parameters", {
      name: this.physicalName("parameterGroup", `postgres-${MAJOR_VERSION}`),
      description: "TLS only; schema changes and slow statements are logged",
      family: `postgres${MAJOR_VERSION}`,
      parameter: [
        { name: "rds.force_ssl", value: "1" },
        { name: "log_statement", value: "ddl" },
        { name: "log_min_duration_statement", value: "1000" }, // In milliseconds.
      ],
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /**
   * The role for Enhanced Monitoring, limited to the log group that RDS writes:
   * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html
   */
  #monitoringRole(): { role: IamRole; permissions: IamRolePolicy } {
    const role = new IamRole(this, "MonitoringRole", {
      name: this.physicalName("role", "postgres-monitoring"),
      description: "Role of RDS Enhanced Monitoring",
      assumeRolePolicy: serviceTrust("monitoring.rds.amazonaws.com", this.environment.accountId),
    });
    const logGroup = this.arn("logs", "log-group:RDSOSMetrics");
    const permissions = new IamRolePolicy(this, "MonitoringPermissions", {
      name: "monitoring",
      role: role.name,
      policy: policyDocument([
        { sid: "CreateLog", actions: ["logs:CreateLogGroup", "logs:PutRetentionPolicy"], resources: [`${logGroup}:*`] },
        {
          sid: "WriteLog",
          actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:GetLogEvents", "logs:PutLogEvents"],
          resources: [`${logGroup}:log-stream:*`],
        },
      ]),
    });
    return { role, permissions };
  }

  #initFunction(bundle: Bundle, vpc: VpcOutputs, secrets: SecretsOutputs, instance: DbInstance): NodeFunction {
    const masterSecretArn = instance.masterUserSecret.get(0).secretArn;
    const database = databaseAccess(this.environment, {
      endpoint: instance.endpoint,
      databaseName: DATABASE_NAME,
      secretArn: secrets.postgresSecretArn,
    });
    return new NodeFunction(this, "InitFunction", {
      service: "postgres-init",
      bundle,
      description: "Runs the database migrations and creates the roles of the applications",
      variables: {
        ...database.variables,
        SUM_DATABASE_SECRET_ARN: secrets.sumPostgresSecretArn,
        MASTER_SECRET_ARN: masterSecretArn,
      },
      statements: [
        ...database.statements,
        readSecret("ReadSumDatabaseSecret", secrets.sumPostgresSecretArn),
        readSecret("ReadMasterSecret", masterSecretArn),
      ],
      timeout: 900, // The maximum: a migration builds the indexes of a table of millions of rows.
      memory: 256,
      network: { subnetIds: vpc.privateSubnetIds, securityGroupId: vpc.initSecurityGroupId },
    });
  }
}
