import { randomInt } from "node:crypto";
import { join } from "node:path";
import { ApiGateway } from "./aws/api-gateway/api-gateway.ts";
import { ApplicationAutoscaling } from "./aws/application-autoscaling/application-autoscaling.ts";
import { Athena } from "./aws/athena/athena.ts";
import { AutoScaling } from "./aws/auto-scaling/auto-scaling.ts";
import { CloudFront } from "./aws/cloudfront/cloudfront.ts";
import { CloudWatch } from "./aws/cloudwatch/cloudwatch.ts";
import { publishRequest } from "./aws/cloudwatch/request-metrics.ts";
import { Sampler } from "./aws/cloudwatch/sampler.ts";
import { DynamoDb } from "./aws/dynamodb/dynamodb.ts";
import { Ec2 } from "./aws/ec2/ec2.ts";
import { Ecr } from "./aws/ecr/ecr.ts";
import { Ecs } from "./aws/ecs/ecs.ts";
import { ElasticLoadBalancing } from "./aws/elastic-load-balancing/elastic-load-balancing.ts";
import { ElastiCache } from "./aws/elasticache/elasticache.ts";
import { Events } from "./aws/events/events.ts";
import { Firehose } from "./aws/firehose/firehose.ts";
import { Glue } from "./aws/glue/glue.ts";
import type { AccessControl } from "./aws/iam/access-control.ts";
import { Iam } from "./aws/iam/iam.ts";
import { Lambda } from "./aws/lambda/lambda.ts";
import { Logs } from "./aws/logs/logs.ts";
import { Rds } from "./aws/rds/rds.ts";
import { S3 } from "./aws/s3/s3.ts";
import { Scheduler } from "./aws/scheduler/scheduler.ts";
import { SecretsManager } from "./aws/secrets-manager/secrets-manager.ts";
import { Sns } from "./aws/sns/sns.ts";
import { publishDeliveries } from "./aws/sns/topic-metrics.ts";
import { Sqs } from "./aws/sqs/sqs.ts";
import { Sts } from "./aws/sts/sts.ts";
import { Synthetics } from "./aws/synthetics/synthetics.ts";
import { XRay } from "./aws/xray/xray.ts";
import { cacheFault, databaseFault } from "./built-in-faults.ts";
import type { ServiceFolder } from "./data-folder.ts";
import { deliveries } from "./delivery/deliveries.ts";
import { TargetDelivery } from "./delivery/target-delivery.ts";
import type { BuiltInFaults } from "./faults.ts";
import type { Access } from "./gateway/protocol.ts";
import type { AwsService } from "./gateway/service.ts";
import { ThrottlingService } from "./gateway/throttling-service.ts";
import type { LocalHosts } from "./hosts.ts";
import { mergeTerraformParts } from "./provider/merge-terraform-parts.ts";
import type { TerraformParts } from "./provider/resource-handler.ts";
import type { Clock } from "./runtime/clock.ts";
import type { Ports } from "./runtime/ports.ts";
import type { Processes } from "./runtime/processes.ts";
import type { Traffic, TrafficObserver } from "./runtime/traffic.ts";
import { servicesWithoutApi } from "./services-without-api.ts";

export interface ServicesOptions {
  /** The data folder, in which each service has a folder with its name. */
  readonly directory: string;
  readonly access: Access;
  readonly credentialsFor: AccessControl["credentialsFor"];
  readonly clock: Clock;
  /** The URL of the gateway. */
  readonly endpoint: string;
  readonly ports: Ports;
  readonly processes: Processes;
  /** Receives requests and failures of functions. */
  readonly traffic: Traffic;
  /** Servers outside of AWS that run on this machine; see {@link Hosts}. */
  localHosts(): LocalHosts;
}

/** What services hold, for the dashboard. */
export interface ServiceContents {
  readonly buckets: S3;
  readonly logs: Logs["store"];
  readonly queues: Sqs["queues"];
  readonly sentMessages: Sns["sent"];
  readonly secrets: SecretsManager;
  readonly tables: DynamoDb;
  readonly cloudWatch: CloudWatch;
  readonly traces: XRay["traces"];
}

export interface Services {
  readonly apis: readonly AwsService[];
  readonly terraform: Required<TerraformParts>;
  readonly faults: BuiltInFaults;
  readonly contents: ServiceContents;
  /** Call before any resource starts: opens what programs find by their environment. */
  listen(): Promise<void>;
  /** Call when all recorded resources are started: continues the work that was pending at the last stop. */
  resume(): Promise<void>;
  close(): Promise<void>;
}

/** Duration of a minute for scaling, so that scaling that takes minutes on AWS can be observed in half a minute. */
const SCALING_MINUTE_MS = 5_000;

/** Duration of a minute in periods of alarms, so that alarms that take 15 minutes on AWS take half a minute. */
const ALARM_MINUTE_MS = 2_000;

/** Between samples of the storage, which read all objects. AWS publishes these metrics once a day. */
const STORAGE_INTERVAL_MS = 60_000;

/** The composition root of the local AWS: every service, and which service calls which. */
export function createServices(options: ServicesOptions): Services {
  const { access, clock, ports, processes, credentialsFor, traffic } = options;
  const endpoint = () => options.endpoint;
  const directory = (service: ServiceFolder) => join(options.directory, service);

  const logs = new Logs({
    directory: directory("logs"),
    access,
    clock,
    lambda: () => lambda,
    firehose: () => firehose,
  });
  const xray = new XRay({ directory: directory("xray"), access, clock });
  const xrayDaemon = () => xray.daemonAddress;
  const sqs = new Sqs({ directory: directory("sqs"), access, clock, endpoint });
  const secrets = new SecretsManager({ directory: directory("secrets-manager"), access, clock, random: randomInt });
  const delivery = new TargetDelivery({
    queues: sqs,
    logs,
    // Getters, because services are created one after the other and call each other.
    get lambda(): Lambda {
      return lambda;
    },
    get topics(): Sns {
      return sns;
    },
  });
  const deliver = deliveries(delivery);
  const s3 = new S3({ directory: directory("s3"), access, clock, notify: deliver.s3Event });
  const readObject = (bucket: string, key: string, versionId?: string) => s3.read(bucket, key, versionId);
  const cloudWatch = new CloudWatch({
    access,
    clock,
    runAction: deliver.alarm,
    minute: ALARM_MINUTE_MS,
    // The services are created below, and read when the first samples are.
    resources: () =>
      [sqs, rds, elasticache, loadBalancing, ecs, autoScaling, firehose].flatMap((service) => service.samples()),
  });
  const storage = new Sampler(cloudWatch, () => s3.samples(), STORAGE_INTERVAL_MS);
  const onRequest: TrafficObserver["onRequest"] = (request) => {
    publishRequest(cloudWatch, request);
    traffic.request(request);
  };
  const lambda = new Lambda({
    directory: directory("lambda"),
    access,
    processes,
    logs,
    clock,
    endpoint,
    credentialsFor,
    deliver: deliver.message,
    queues: sqs,
    readObject,
    localHosts: options.localHosts,
    metrics: cloudWatch,
    segments: xray.traces,
    xrayDaemon,
    onFunctionFailure: traffic.failure,
  });
  const firehose = new Firehose({
    directory: directory("firehose"),
    access,
    clock,
    lambda: () => lambda,
    writeObject: (bucket, key, content, contentType) => s3.write(bucket, key, content, contentType),
  });
  const glue = new Glue(access);
  const athena = new Athena({
    directory: directory("athena"),
    access,
    clock,
    processes,
    catalog: glue.catalog,
    buckets: s3,
  });
  const rds = new Rds({ directory: directory("rds"), processes, ports, secrets, logs, access, random: randomInt });
  const elasticache = new ElastiCache({ ports, access });
  const sns = new Sns({ directory: directory("sns"), access, clock, lambda, queues: sqs });
  sns.sent.follow((sent) => publishDeliveries(cloudWatch, sent));
  const events = new Events({ access, clock, delivery });
  const scheduler = new Scheduler({ clock, delivery, authorize: access.authorize });
  const dynamodb = new DynamoDb({
    directory: directory("dynamodb"),
    access,
    clock,
    processes,
    ports,
    metrics: cloudWatch,
  });
  const synthetics = new Synthetics({
    directory: directory("synthetics"),
    access,
    processes,
    logs,
    clock,
    endpoint,
    credentialsFor,
    readObject,
    metrics: cloudWatch,
  });
  const apiGateway = new ApiGateway({ ports, lambda, logs, clock, onRequest });
  const cloudFront = new CloudFront({ ports, clock, onRequest });
  const loadBalancing = new ElasticLoadBalancing({
    access,
    ports,
    lambda,
    clock,
    random: Math.random,
    onRequest,
  });
  const ecr = new Ecr({ directory: directory("ecr"), access, clock });
  const ecs = new Ecs({
    directory: directory("ecs"),
    access,
    processes,
    ports,
    logs,
    images: ecr,
    targets: loadBalancing.targetGroups,
    clock,
    credentialsFor,
    endpoint,
    xrayDaemon,
  });
  const ec2 = new Ec2();
  const iam = new Iam();
  const sts = new Sts({ access, credentialsFor });
  const autoScaling = new AutoScaling({
    directory: directory("auto-scaling"),
    access,
    processes,
    ports,
    logs,
    templates: ec2.launchTemplates,
    profiles: iam.instanceProfiles,
    targets: loadBalancing.targetGroups,
    portOf: (targetGroupArn) => loadBalancing.targetGroups.get(targetGroupArn).settings.port ?? 80,
    readObject,
    credentialsFor,
    endpoint,
    xrayDaemon,
  });
  const applicationAutoscaling = new ApplicationAutoscaling({
    access,
    capacityOf: (cluster, service) => ({
      get: () => ecs.find(cluster, service).desiredCount,
      set: (value) => ecs.find(cluster, service).scale(value),
    }),
    requestCount: (targetGroupArn) => loadBalancing.targetGroups.requestCount(targetGroupArn),
    minute: SCALING_MINUTE_MS,
  });
  const objects = new ThrottlingService(s3.service);

  return {
    apis: [
      objects,
      sqs.service,
      secrets.service,
      logs.service,
      lambda.service,
      cloudWatch.service,
      rds.service,
      elasticache.service,
      sns.service,
      loadBalancing.service,
      ecr.service,
      ecs.service,
      applicationAutoscaling.service,
      events.service,
      firehose.service,
      glue.service,
      athena.service,
      dynamodb.service,
      synthetics.service,
      sts.service,
      xray.service,
    ],
    terraform: mergeTerraformParts([
      s3.terraform,
      sqs.terraform,
      secrets.terraform,
      logs.terraform,
      lambda.terraform,
      cloudWatch.terraform,
      apiGateway.terraform,
      cloudFront.terraform,
      rds.terraform,
      elasticache.terraform,
      sns.terraform,
      loadBalancing.terraform,
      ecr.terraform,
      ecs.terraform,
      ec2.terraform,
      iam.terraform,
      autoScaling.terraform,
      applicationAutoscaling.terraform,
      events.terraform,
      firehose.terraform,
      glue.terraform,
      athena.terraform,
      scheduler.terraform,
      dynamodb.terraform,
      synthetics.terraform,
      sts.terraform,
      ...servicesWithoutApi,
    ]),
    faults: { s3: objects, databases: databaseFault(rds), caches: cacheFault(elasticache) },
    contents: {
      buckets: s3,
      logs: logs.store,
      queues: sqs.queues,
      sentMessages: sns.sent,
      secrets,
      tables: dynamodb,
      cloudWatch,
      traces: xray.traces,
    },
    listen: () => xray.listen(),
    resume: async () => {
      lambda.resume();
      firehose.resume();
      logs.resume();
      s3.start();
      await Promise.all([ecs.resume(), autoScaling.resume()]);
    },
    // Services close before those that they call.
    close: async () => {
      events.stop();
      scheduler.stop();
      applicationAutoscaling.close();
      storage.close();
      cloudWatch.close();
      await cloudFront.close();
      await Promise.all([apiGateway.close(), loadBalancing.close(), synthetics.close(), athena.close()]);
      await logs.suspend();
      await firehose.suspend();
      await Promise.all([lambda.close(), ecs.close(), autoScaling.close()]);
      ecr.close();
      s3.close();
      await Promise.all([rds.close(), elasticache.close(), dynamodb.stop()]);
      sqs.close();
      sns.close();
      logs.close();
      firehose.close();
      xray.close();
    },
  };
}
