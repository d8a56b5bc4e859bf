import { join } from "node:path";
import { type Access, jsonService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource-handler.ts";
import type { Clock } from "../../runtime/clock.ts";
import { CpuMeter } from "../../runtime/cpu-meter.ts";
import type { Ports } from "../../runtime/ports.ts";
import type { Processes } from "../../runtime/processes.ts";
import type { Sample } from "../cloudwatch/sampler.ts";
import type { Ecr } from "../ecr/ecr.ts";
import type { TargetRegistry } from "../elastic-load-balancing/target-registry.ts";
import type { SessionCredentials } from "../iam/access-control.ts";
import type { LogSink } from "../logs/log-sink.ts";
import { Clusters } from "./clusters.ts";
import { ContainerRoots } from "./container-roots.ts";
import type { EcsService } from "./ecs-service.ts";
import { ecsOperations } from "./operations/index.ts";
import { serviceSamples } from "./service-metrics.ts";
import { Services } from "./services.ts";
import { TaskDefinitions } from "./task-definitions.ts";
import { TaskRunner } from "./task-runner.ts";
import { ecsTerraform } from "./terraform/index.ts";

export interface EcsOptions {
  /** Where images are unpacked and the state of services is stored. */
  readonly directory: string;
  readonly access: Access;
  readonly processes: Processes;
  readonly ports: Ports;
  readonly logs: LogSink;
  readonly images: Pick<Ecr, "pull">;
  readonly targets: TargetRegistry;
  readonly clock: Clock;
  readonly credentialsFor: (roleArn: string, sessionName: string) => SessionCredentials;
  /** URL of the gateway. */
  readonly endpoint: () => string;
  /** Returns the address of the X-Ray daemon. */
  readonly xrayDaemon?: () => string | undefined;
  /** Default: 1000. Tests shorten all durations that AWS defines in seconds. */
  readonly millisecondsPerSecond?: number;
}

/** ECS on Fargate. Tasks are processes of this machine, restarted, deployed and scaled as ECS does. */
export class Ecs {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly #taskDefinitions: TaskDefinitions;
  readonly #services: Services;
  readonly #meter = new CpuMeter();

  constructor(options: EcsOptions) {
    const { access, directory, targets, clock, millisecondsPerSecond = 1_000 } = options;
    const roots = new ContainerRoots(join(directory, "images"));
    const runner = new TaskRunner({ ...options, ...access, roots });
    this.#taskDefinitions = new TaskDefinitions(join(directory, "task-definitions.jsonl"));
    this.#services = new Services(join(directory, "services.jsonl"), this.#taskDefinitions, {
      runner,
      targets,
      clock,
      millisecondsPerSecond,
    });
    const context = {
      clusters: new Clusters(),
      taskDefinitions: this.#taskDefinitions,
      services: this.#services,
    };
    this.service = jsonService(
      {
        signingName: "ecs",
        target: "AmazonEC2ContainerServiceV20141113",
        jsonVersion: "1.1",
        operations: ecsOperations(context),
      },
      access,
    );
    this.terraform = ecsTerraform(context);
  }

  /** Values for the metrics of the services. */
  samples(): Sample[] {
    return serviceSamples(this.#services.all(), this.#meter);
  }

  /**
   * By cluster and service, each by its name or ARN.
   *
   * @throws AwsError `ServiceNotFoundException`.
   */
  find(cluster: string, service: string): EcsService {
    return this.#services.get(cluster, service);
  }

  /** Call when all recorded resources are started. Resolves when each service is steady, or has failed to become so. */
  resume(): Promise<void> {
    return this.#services.resume();
  }

  async close(): Promise<void> {
    await this.#services.close();
    this.#taskDefinitions.close();
  }
}
