import type { Call, Operation } from "../../gateway/protocol.ts";
import { AwsError } from "../../runtime/error.ts";
import type { Deployment } from "./deployment.ts";
import { clusterArn, type Ecs, serviceArn, taskArn } from "./ecs.ts";
import type { EcsService } from "./ecs-service.ts";
import { nameOf } from "./model.ts";
import type { Task } from "./task.ts";

interface InCluster {
  readonly cluster?: string;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Operations.html */
export function ecsOperations(ecs: Ecs): Readonly<Record<string, Operation>> {
  const servicesIn = (cluster: string) =>
    ecs.services.filter(({ settings }) => nameOf(settings.clusterArn) === nameOf(cluster));
  const findTask = (cluster: string, id: string): { service: EcsService; task: Task } => {
    for (const service of servicesIn(cluster)) {
      const task = service.tasks.find((one) => one.id === nameOf(id));
      if (task) return { service, task };
    }
    throw new AwsError("InvalidParameterException", "The referenced task was not found.");
  };
  const allowed = (call: Call, action: string, resource: string) => call.authorize(`ecs:${action}`, resource);

  return {
    ListClusters(_: unknown, call) {
      allowed(call, "ListClusters", "*");
      return { clusterArns: [...ecs.clusters.values()] };
    },

    DescribeClusters({ clusters = ["default"] }: { readonly clusters?: readonly string[] }, call) {
      for (const cluster of clusters) allowed(call, "DescribeClusters", clusterArn(cluster));
      const found = clusters.filter((cluster) => ecs.clusters.has(nameOf(cluster)));
      return {
        clusters: found.map((cluster) => ({
          clusterArn: clusterArn(cluster),
          clusterName: nameOf(cluster),
          status: "ACTIVE",
          activeServicesCount: servicesIn(cluster).length,
          runningTasksCount: servicesIn(cluster).flatMap(running).length,
        })),
        failures: clusters
          .filter((cluster) => !found.includes(cluster))
          .map((cluster) => ({ arn: clusterArn(cluster), reason: "MISSING" })),
      };
    },

    ListServices({ cluster = "default" }: InCluster, call) {
      allowed(call, "ListServices", clusterArn(cluster));
      return { serviceArns: servicesIn(cluster).map(({ settings }) => settings.arn) };
    },

    DescribeServices({ cluster = "default", services }: InCluster & { readonly services: readonly string[] }, call) {
      for (const name of services) allowed(call, "DescribeServices", serviceArn(cluster, name));
      const named = new Set(services.map(nameOf));
      const found = servicesIn(cluster).filter(({ settings }) => named.has(settings.name));
      const missing = [...named].filter((name) => !found.some(({ settings }) => settings.name === name));
      return {
        services: found.map(describeService),
        failures: missing.map((name) => ({ arn: serviceArn(cluster, name), reason: "MISSING" })),
      };
    },

    UpdateService(
      input: InCluster & {
        readonly service: string;
        readonly desiredCount?: number;
        readonly taskDefinition?: string;
        readonly forceNewDeployment?: boolean;
      },
      call,
    ) {
      const { cluster = "default", desiredCount, taskDefinition, forceNewDeployment } = input;
      allowed(call, "UpdateService", serviceArn(cluster, input.service));
      const service = ecs.find(cluster, input.service);
      if (desiredCount !== undefined) service.scale(desiredCount);
      if (taskDefinition !== undefined) service.deploy(ecs.definition(taskDefinition));
      else if (forceNewDeployment) service.deploy(service.primary.definition);
      return { service: describeService(service) };
    },

    ListTasks({ cluster = "default", serviceName }: InCluster & { readonly serviceName?: string }, call) {
      allowed(call, "ListTasks", "*");
      const services = serviceName === undefined ? servicesIn(cluster) : [ecs.find(cluster, serviceName)];
      return { taskArns: services.flatMap(running).map(({ id }) => taskArn(cluster, id)) };
    },

    DescribeTasks({ cluster = "default", tasks }: InCluster & { readonly tasks: readonly string[] }, call) {
      for (const id of tasks) allowed(call, "DescribeTasks", taskArn(cluster, id));
      const known = servicesIn(cluster).flatMap((service) => service.tasks.map((task) => ({ service, task })));
      const wanted = new Set(tasks.map(nameOf));
      const found = known.filter(({ task }) => wanted.has(task.id));
      return {
        tasks: found.map(({ service, task }) => describeTask(service, task)),
        failures: [...wanted]
          .filter((id) => !found.some(({ task }) => task.id === id))
          .map((id) => ({ arn: taskArn(cluster, id), reason: "MISSING" })),
      };
    },

    StopTask(
      { cluster = "default", task: id, reason }: InCluster & { readonly task: string; readonly reason?: string },
      call,
    ) {
      allowed(call, "StopTask", taskArn(cluster, id));
      const { service, task } = findTask(cluster, id);
      void service.stopTask(task, reason ?? "Task stopped by user");
      return { task: describeTask(service, task) };
    },

    DescribeTaskDefinition({ taskDefinition }: { readonly taskDefinition: string }, call) {
      allowed(call, "DescribeTaskDefinition", "*");
      const { arn: taskDefinitionArn, family, revision, container } = ecs.definition(taskDefinition);
      return { taskDefinition: { taskDefinitionArn, family, revision, containerDefinitions: [container] } };
    },
  };
}

const running = ({ tasks }: EcsService): Task[] => tasks.filter((task) => task.isAlive);
const count = (tasks: readonly Task[], status: Task["status"]): number =>
  tasks.filter((task) => task.status === status).length;

function describeService(service: EcsService) {
  const { settings, desiredCount, tasks, primary, deployments } = service;
  return {
    serviceArn: settings.arn,
    serviceName: settings.name,
    clusterArn: clusterArn(settings.clusterArn),
    status: "ACTIVE",
    launchType: "FARGATE",
    desiredCount,
    runningCount: count(tasks, "RUNNING"),
    pendingCount: count(tasks, "PENDING"),
    taskDefinition: primary.definition.arn,
    loadBalancers: settings.targets.map(({ targetGroupArn, containerPort }) => ({ targetGroupArn, containerPort })),
    deployments: deployments.map((one) => describeDeployment(service, one.deployment, one.tasks)),
  };
}

function describeDeployment(service: EcsService, deployment: Deployment, tasks: readonly Task[]) {
  return {
    id: `ecs-svc/${deployment.id}`,
    status: deployment === service.primary ? "PRIMARY" : "ACTIVE",
    taskDefinition: deployment.definition.arn,
    desiredCount: deployment === service.primary ? service.desiredCount : 0,
    runningCount: count(tasks, "RUNNING"),
    pendingCount: count(tasks, "PENDING"),
    failedTasks: deployment.failedTasks,
    rolloutState: deployment.rollout,
    rolloutStateReason: deployment.rolloutReason,
    createdAt: deployment.createdAt / 1_000,
  };
}

function describeTask({ settings }: EcsService, task: Task) {
  return {
    taskArn: taskArn(settings.clusterArn, task.id),
    clusterArn: clusterArn(settings.clusterArn),
    taskDefinitionArn: task.definition.arn,
    group: `service:${settings.name}`,
    launchType: "FARGATE",
    lastStatus: task.status,
    desiredStatus: task.isAlive ? "RUNNING" : "STOPPED",
    createdAt: task.createdAt / 1_000,
    ...(task.startedAt !== undefined && { startedAt: task.startedAt / 1_000 }),
    ...(task.stoppedReason && { stoppedReason: task.stoppedReason }),
  };
}
