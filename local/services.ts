import { randomInt } from "node:crypto";
import { join } from "node:path";
import { ApiGateway } from "./aws/api-gateway/api-gateway.ts";
import { availabilityZones } from "./aws/ec2/availability-zones.ts";
import type { AccessControl } from "./aws/iam/access-control.ts";
import { policyDocument } from "./aws/iam/policy-document.ts";
import { Lambda } from "./aws/lambda/lambda.ts";
import { Logs } from "./aws/logs/logs.ts";
import { S3 } from "./aws/s3/s3.ts";
import { s3TerraformParts } from "./aws/s3/terraform.ts";
import { SecretsManager } from "./aws/secrets-manager/secrets-manager.ts";
import { Sqs } from "./aws/sqs/sqs.ts";
import { sts, stsTerraform } from "./aws/sts/sts.ts";
import type { Clock } from "./cloud/clock.ts";
import type { Ports } from "./cloud/ports.ts";
import type { Processes } from "./cloud/processes.ts";
import { deliveries } from "./deliveries.ts";
import type { Access } from "./gateway/protocol.ts";
import { RefusableService } from "./gateway/refusable.ts";
import type { AwsService } from "./gateway/service.ts";
import type { Fault } from "./own-routes.ts";
import type { TerraformParts } from "./provider/resource.ts";

export interface ServicesOptions {
  /** The data folder; each service has a folder of its own name in it. */
  readonly directory: string;
  readonly access: Access;
  readonly credentialsFor: AccessControl["credentialsFor"];
  readonly clock: Clock;
  /** Of the gateway. */
  readonly endpoint: string;
  readonly ports: Ports;
  readonly processes: Processes;
}

export interface Services {
  readonly apis: readonly AwsService[];
  readonly terraform: Required<TerraformParts>;
  readonly faults: Readonly<Record<string, Fault>>;
  bucketExists(name: string): boolean;
  /** Call when all recorded resources are started: what waits since the last run goes on. */
  resume(): void;
  close(): Promise<void>;
}

/** The composition root of the stand-in: every AWS service, and who calls whom. */
export function createServices(options: ServicesOptions): Services {
  const { access, clock, ports, processes, credentialsFor } = options;
  const endpoint = () => options.endpoint;
  const directory = (service: string) => join(options.directory, service);

  const logs = new Logs({ directory: directory("logs"), access, clock });
  const sqs = new Sqs({ directory: directory("sqs"), access, clock, endpoint });
  const secrets = new SecretsManager({ directory: directory("secrets-manager"), access, clock, random: randomInt });
  const deliver = deliveries({ queues: sqs, lambda: () => lambda });
  const s3 = new S3({ directory: directory("s3"), access, clock, notify: deliver.s3Event });
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
    readObject: (bucket, key, versionId) => s3.read(bucket, key, versionId),
  });
  const apiGateway = new ApiGateway({ ports, lambda, logs, clock });
  const objects = new RefusableService(s3.service);

  return {
    apis: [objects, sqs.service, secrets.service, logs.service, lambda.service, sts(access, credentialsFor)],
    terraform: together([
      s3TerraformParts(s3),
      sqs.terraform,
      secrets.terraform,
      logs.terraform,
      lambda.terraform,
      apiGateway.terraform,
      stsTerraform,
      { dataSources: [availabilityZones, policyDocument] },
    ]),
    faults: { objects },
    bucketExists: (name) => s3.store.hasBucket(name),
    resume: () => {
      lambda.resume();
      s3.start();
    },
    // callers before those they call
    close: async () => {
      await apiGateway.close();
      await lambda.close();
      s3.close();
      sqs.close();
      logs.close();
    },
  };
}

function together(parts: readonly TerraformParts[]): Required<TerraformParts> {
  return {
    resources: parts.flatMap(({ resources = [] }) => resources),
    dataSources: parts.flatMap(({ dataSources = [] }) => dataSources),
    ephemerals: parts.flatMap(({ ephemerals = [] }) => ephemerals),
  };
}
