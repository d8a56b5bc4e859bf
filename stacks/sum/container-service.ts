import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service/index.js";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type Access, traceAccess } from "../base/access.ts";
import { BaseStack } from "../base/base-stack.ts";
import { policyDocument, serviceTrust } from "../base/policy.ts";
import { AuditSubscription } from "../constructs/audit-subscription.ts";
import { LakeSubscription } from "../constructs/lake-subscription.ts";
import type { PublicLoadBalancer, Route } from "../constructs/public-load-balancer.ts";
import type { VpcOutputs } from "../vpc.ts";
import { programSecurityGroup } from "./program-security-group.ts";
import { PROGRAM_PORT, ProgramTargetGroup } from "./program-target-group.ts";

export interface ContainerServiceProps {
  /** Folder name under `services/`. */
  readonly service: string;
  readonly image: string;
  readonly repositoryArn: string;
  readonly clusterArn: string;
  readonly vpc: VpcOutputs;
  readonly balancer: PublicLoadBalancer;
  /** Paths that the load balancer forwards to the service, and the priority of that rule. */
  readonly route: Route;
  readonly access: Access;
  /** Whether Application Auto Scaling controls the number of tasks. */
  readonly scaled: boolean;
  /** The function that copies the service's audit entries to the audit log; undefined if there are none. */
  readonly auditFunctionArn?: string;
}

/** In days; required by the contract. */
export const LOG_RETENTION_DAYS = 14;

/** An ECS service on Fargate behind the load balancer. A failed deployment is rolled back. */
export class ContainerService extends Construct {
  readonly name: string;
  readonly targets: ProgramTargetGroup;
  readonly resource: EcsService;

  constructor(scope: Construct, id: string, props: ContainerServiceProps) {
    super(scope, id);
    const { service, vpc, balancer } = props;
    const stack = BaseStack.of(this);
    this.name = stack.physicalName("task", service);
    const group = programSecurityGroup(this, "SecurityGroup", { service, vpc, environment: stack.environment });
    balancer.allowTo(`To-${service}`, group, PROGRAM_PORT);

    this.targets = new ProgramTargetGroup(this, "Targets", { service, vpcId: vpc.vpcId, targetType: "ip" });
    const rule = balancer.route(`Rule-${service}`, props.route, this.targets.arn);
    const logGroup = new CloudwatchLogGroup(this, "Log", {
      name: `/ecs/${service}-service`,
      retentionInDays: LOG_RETENTION_DAYS,
    });
    new LakeSubscription(this, "Lake", { logGroup });
    const audit = this.#subscribeAudit(logGroup, props.auditFunctionArn);
    this.resource = new EcsService(this, "Service", {
      name: this.name,
      cluster: props.clusterArn,
      taskDefinition: this.#task(props, logGroup).arn,
      launchType: "FARGATE",
      platformVersion: "LATEST",
      desiredCount: 1,
      networkConfiguration: {
        subnets: [...vpc.privateSubnetIds],
        securityGroups: [group.id],
        assignPublicIp: false,
      },
      loadBalancer: [{ targetGroupArn: this.targets.arn, containerName: service, containerPort: PROGRAM_PORT }],
      // ECS starts the new tasks first, and stops the old ones when the new ones are healthy.
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      healthCheckGracePeriodSeconds: 60,
      waitForSteadyState: true, // A deployment that was rolled back is an error.
      enableExecuteCommand: false,
      propagateTags: "SERVICE",
      ...(props.scaled && { lifecycle: { ignoreChanges: ["desired_count"] } }),
      // ECS rejects a target group that no listener uses. An entry before the subscription would be missing.
      dependsOn: [rule, ...audit],
    });
  }

  #subscribeAudit(logGroup: CloudwatchLogGroup, auditFunctionArn: string | undefined): readonly ITerraformDependable[] {
    if (auditFunctionArn === undefined) return [];
    const source = { name: this.name, logGroup };
    return [new AuditSubscription(this, "Audit", { source, auditFunctionArn }).filter];
  }

  #task(
    { service, image, repositoryArn, access }: ContainerServiceProps,
    logGroup: CloudwatchLogGroup,
  ): EcsTaskDefinition {
    const stack = BaseStack.of(this);
    const { region, accountId } = stack.environment;
    const role = (roleId: string, name: string, description: string) =>
      new IamRole(this, roleId, {
        name: stack.physicalName("role", name),
        description,
        assumeRolePolicy: serviceTrust("ecs-tasks.amazonaws.com", accountId),
      });
    const taskRole = role("TaskRole", `${service}-task`, `Task role of ${service}`);
    const traces = traceAccess(stack.environment, "AWS::ECS::Container");
    const task = new IamRolePolicy(this, "TaskPermissions", {
      name: "task",
      role: taskRole.name,
      policy: policyDocument([...access.statements, ...traces.statements]),
    });
    const executionRole = role("ExecutionRole", `${service}-execution`, `Task execution role of ${service}`);
    const execution = new IamRolePolicy(this, "ExecutionPermissions", {
      name: "execution",
      role: executionRole.name,
      policy: policyDocument([
        // It does not support resource-level permissions:
        // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
        { sid: "AuthenticateToRegistry", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
        {
          sid: "PullImage",
          actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
          resources: [repositoryArn],
        },
        { sid: "WriteLog", actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${logGroup.arn}:*`] },
      ]),
    });
    const variables = {
      AWS_REGION: region,
      LOG_LEVEL: "INFO",
      SERVICE_NAME: service,
      PORT: String(PROGRAM_PORT),
      ...access.variables,
      ...traces.variables,
    };
    return new EcsTaskDefinition(this, "Task", {
      family: this.name,
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: "256",
      memory: "512",
      runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" },
      executionRoleArn: executionRole.arn,
      taskRoleArn: taskRole.arn,
      containerDefinitions: JSON.stringify([
        {
          name: service,
          image,
          essential: true,
          readonlyRootFilesystem: true,
          user: "node",
          linuxParameters: { initProcessEnabled: true },
          portMappings: [{ containerPort: PROGRAM_PORT, hostPort: PROGRAM_PORT, protocol: "tcp" }],
          environment: Object.entries(variables)
            .map(([name, value]) => ({ name, value }))
            .toSorted((one, other) => (one.name < other.name ? -1 : 1)), // The order in which ECS returns them.
          stopTimeout: 30,
          logConfiguration: {
            logDriver: "awslogs",
            options: { "awslogs-group": logGroup.name, "awslogs-region": region, "awslogs-stream-prefix": service },
          },
        },
      ]),
      dependsOn: [task, execution],
    });
  }
}
