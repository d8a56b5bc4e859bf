import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster/index.js";
import type { Construct } from "constructs";
import { type Access, databaseAccess } from "./base/access.ts";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Bundle } from "./base/bundles.ts";
import type { Published } from "./base/outputs.ts";
import { signInAccess, type UserTableLocation } from "./base/user-access.ts";
import { Alarms } from "./constructs/alarms.ts";
import { Dashboard } from "./constructs/dashboard/dashboard.ts";
import { alarmName } from "./constructs/describe-alarm.ts";
import { PublicLoadBalancer } from "./constructs/public-load-balancer.ts";
import type { ImagesOutputs } from "./images.ts";
import type { MonitoringOutputs } from "./monitoring.ts";
import type { PostgresOutputs } from "./postgres.ts";
import type { SecretsOutputs } from "./secrets.ts";
import type { StateBucketOutputs } from "./state-bucket.ts";
import { Adder } from "./sum/adder.ts";
import { sumAlarmDefinitions } from "./sum/alarm-definitions.ts";
import { ContainerService } from "./sum/container-service.ts";
import { type SumResources, sumDashboard } from "./sum/dashboard.ts";
import { PROGRAM_PORT, ProgramTargetGroup } from "./sum/program-target-group.ts";
import { RequestScaling } from "./sum/request-scaling.ts";
import type { UsersOutputs } from "./users.ts";
import type { VpcOutputs } from "./vpc.ts";

export interface SumOutputs {
  /** Without a trailing slash. */
  readonly url: string;
  readonly clusterName: string;
  readonly displayService: string;
  readonly resetService: string;
  readonly adderGroup: string;
  readonly adderSecurityGroupId: string;
  /** The load balancer, as a dimension of metrics. */
  readonly loadBalancer: string;
}

export interface SumStackProps extends StackProps {
  readonly stateBucket: Published<StateBucketOutputs>;
  readonly vpc: Published<VpcOutputs>;
  readonly secrets: Published<SecretsOutputs>;
  readonly postgres: Published<PostgresOutputs>;
  /** The users of the Files API, whose administrators may reset the table. */
  readonly users: Published<UsersOutputs>;
  readonly images: Published<ImagesOutputs>;
  readonly monitoring: Published<MonitoringOutputs>;
  readonly adderBundle: Bundle;
}

/** Paths of the certificate authority of RDS in the container image and on the instance. */
const IMAGE_CERTIFICATES = "/etc/ssl/rds.pem";
const INSTANCE_CERTIFICATES = "/etc/pki/tls/certs/rds.pem";

/** The Sum system: the adder on an EC2 instance, display and reset in ECS services, behind one load balancer. */
export class SumStack extends BaseStack {
  readonly outputs: Published<SumOutputs>;

  constructor(scope: Construct, id: string, props: SumStackProps) {
    super(scope, id, props);
    const vpc = this.read(props.vpc);
    const images = this.read(props.images);
    const users = this.read(props.users);
    const postgres = this.read(props.postgres);
    const { accessLogBucket } = this.read(props.stateBucket);
    const database = { ...postgres, secretArn: this.read(props.secrets).sumPostgresSecretArn };
    const accessWith = (certificates: string) => databaseAccess(this.environment, database, certificates);

    const adderTargets = new ProgramTargetGroup(this, "AdderTargets", {
      service: "adder",
      vpcId: vpc.vpcId,
      targetType: "instance",
    });
    const balancer = new PublicLoadBalancer(this, "Balancer", {
      name: "sum",
      system: "the Sum system",
      vpcId: vpc.vpcId,
      publicSubnetIds: vpc.publicSubnetIds,
      accessLogBucket,
      certificateArn: this.environment.sum.certificateArn,
      targetGroupArn: adderTargets.arn,
    });
    const adder = new Adder(this, "Adder", {
      bundle: props.adderBundle,
      vpc,
      targets: adderTargets,
      access: accessWith(INSTANCE_CERTIFICATES),
      certificates: INSTANCE_CERTIFICATES,
      accessLogBucket,
    });
    balancer.allowTo("To-adder", adder.group, PROGRAM_PORT);
    balancer.route("Rule-adder", { path: "/add*", priority: 100 }, adderTargets.arn);

    const clusterName = this.physicalName("cluster", "sum");
    const cluster = new EcsCluster(this, "Cluster", {
      name: clusterName,
      setting: [{ name: "containerInsights", value: "enabled" }],
    });
    const access = accessWith(IMAGE_CERTIFICATES);
    const container = { clusterArn: cluster.arn, vpc, balancer };
    const display = new ContainerService(this, "Display", {
      ...container,
      access,
      service: "display",
      image: images.displayImage,
      repositoryArn: images.displayRepositoryArn,
      route: { path: "/display*", priority: 110 },
      scaled: true,
    });
    const reset = new ContainerService(this, "Reset", {
      ...container,
      access: this.#resetAccess(access, users),
      auditFunctionArn: users.auditFunctionArn,
      service: "reset",
      image: images.resetImage,
      repositoryArn: images.resetRepositoryArn,
      route: { path: "/reset*", priority: 120 },
      scaled: false,
    });
    new RequestScaling(this, "DisplayScaling", {
      service: display,
      clusterName,
      balancer,
      tasks: { minimum: 1, maximum: 4 },
      requestsPerTarget: 75,
      cooldown: 300,
    });
    this.#monitor({
      loadBalancer: balancer.arnSuffix,
      targetGroups: {
        Adder: adderTargets.arnSuffix,
        Display: display.targets.arnSuffix,
        Reset: reset.targets.arnSuffix,
      },
      clusterName,
      containerServices: [display.name, reset.name],
      adderGroup: adder.groupName,
      databaseInstance: postgres.instanceId,
      databaseGoneAlarm: this.read(props.monitoring).databaseGoneAlarm,
      adderGoneAlarm: alarmName(this, "AdderGone"),
    });
    this.outputs = this.publish({
      url: balancer.url,
      clusterName,
      displayService: display.name,
      resetService: reset.name,
      adderGroup: adder.groupName,
      adderSecurityGroupId: adder.group.id,
      loadBalancer: balancer.arnSuffix,
    });
  }

  #monitor(resources: SumResources): void {
    new Dashboard(this, "Dashboard", {
      name: "sum",
      title: "Sum",
      summary: "The programs adder, display and reset behind one load balancer, and their database.",
      alarms: new Alarms(this, "Alarms", { alarmDefinitions: sumAlarmDefinitions(resources) }),
      rows: sumDashboard(resources),
    });
  }

  /** Access of the service that also signs users in, as the authorizer of the Files API does. */
  #resetAccess(database: Access, users: UserTableLocation): Access {
    const { sum } = this.environment;
    const signIn = signInAccess(this.environment, users);
    return {
      variables: {
        ...database.variables,
        ...signIn.variables,
        SIGN_IN_OVER_HTTP: String(sum.signInOverHttp),
      },
      statements: [...database.statements, ...signIn.statements],
    };
  }
}
