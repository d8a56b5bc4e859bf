import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ECRClient } from "@aws-sdk/client-ecr";
import { DescribeServicesCommand, ECSClient, type Service } from "@aws-sdk/client-ecs";
import { CREDENTIALS, openAccess } from "../../../gateway/testing/served-service.ts";
import type { Attributes } from "../../../provider/resource-handler.ts";
import { ManagedResources } from "../../../provider/testing/managed-resources.ts";
import { ACCOUNT_ID, REGION } from "../../../runtime/account.ts";
import { systemClock } from "../../../runtime/clock.ts";
import { Ports } from "../../../runtime/ports.ts";
import { Processes } from "../../../runtime/processes.ts";
import type { Sample } from "../../cloudwatch/sampler.ts";
import { Ecr } from "../../ecr/ecr.ts";
import { pushProgram } from "../../ecr/testing/push-program.ts";
import { FakeTargetRegistry } from "../../elastic-load-balancing/testing/fake-target-registry.ts";
import type { LogSink } from "../../logs/log-sink.ts";
import { serviceArn } from "../arns.ts";
import { Ecs } from "../ecs.ts";

const ROLE = `arn:aws:iam::${ACCOUNT_ID}:role/task`;
const access = openAccess();

/** The services of the local AWS that ECS requires, for one run. */
interface Run {
  readonly processes: Processes;
  readonly ports: Ports;
  readonly ecr: Ecr;
  readonly ecs: Ecs;
}

/** ECR and ECS behind one endpoint, with the repository `app` and the cluster `cluster`. A second lasts 50 ms. */
export class EcsHarness {
  readonly directory = mkdtempSync(join(tmpdir(), "ecs-"));
  /** All lines that tasks have logged. */
  readonly lines: { group: string; stream: string; line: string }[] = [];
  targets = new FakeTargetRegistry();
  readonly #server: Server;
  readonly #logs: LogSink;
  #run: Run;
  readonly #resources: ManagedResources;
  #service: Attributes | undefined;
  #isTainted = false;
  ecrClient = new ECRClient({ region: REGION, credentials: CREDENTIALS });
  ecsClient = new ECSClient({ region: REGION, credentials: CREDENTIALS });

  /** @param logs by default {@link lines} */
  constructor(logs?: LogSink) {
    this.#logs = logs ?? {
      write: (group, stream, messages) => this.lines.push(...messages.map((line) => ({ group, stream, line }))),
    };
    this.#run = this.#open();
    this.#resources = new ManagedResources(this.#terraform);
    this.#server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      const { ecr, ecs } = this.#run;
      const service = request.headers.authorization?.includes("/ecr/") ? ecr.service : ecs.service;
      void service.handle(request, response);
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    const endpoint = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    this.ecrClient = new ECRClient({ endpoint, region: REGION, credentials: CREDENTIALS });
    this.ecsClient = new ECSClient({ endpoint, region: REGION, credentials: CREDENTIALS });
    await this.#run.ecs.resume();
    await this.#resources.apply("aws_ecr_repository", { name: "app", image_tag_mutability: "IMMUTABLE" });
    await this.#resources.apply("aws_ecs_cluster", { name: "cluster" });
  }

  /**
   * Pushes a Node.js program as the image `app:<tag>`.
   *
   * @returns its URI.
   */
  push(tag: string, program: string): Promise<string> {
    return pushProgram(this.ecrClient, "app", tag, program);
  }

  /**
   * Registers a task definition of the family `app`.
   *
   * @returns its ARN.
   */
  async registerTaskDefinition(image: string, container: object = {}): Promise<string> {
    const { arn } = await this.#resources.apply("aws_ecs_task_definition", {
      family: "app",
      execution_role_arn: ROLE,
      task_role_arn: ROLE,
      cpu: "256",
      memory: "256",
      container_definitions: JSON.stringify([
        {
          name: "app",
          image,
          portMappings: [{ containerPort: 8080 }],
          environment: [{ name: "FROM_TASK", value: "yes" }],
          stopTimeout: 2,
          logConfiguration: {
            logDriver: "awslogs",
            options: { "awslogs-group": "/ecs/app", "awslogs-stream-prefix": "app" },
          },
          ...container,
        },
      ]),
    });
    return String(arn);
  }

  /** Creates or updates the service `app`. Rejects when its deployment fails. */
  async deploy(taskDefinition: string, settings: Attributes = {}): Promise<void> {
    const config = {
      name: "app",
      cluster: "cluster",
      task_definition: taskDefinition,
      desired_count: 1,
      deployment_minimum_healthy_percent: 100,
      deployment_maximum_percent: 200,
      deployment_circuit_breaker: [{ enable: true, rollback: true }],
      health_check_grace_period_seconds: 1,
      load_balancer: [{ target_group_arn: "arn:group", container_name: "app", container_port: 8080 }],
      wait_for_steady_state: true,
      ...settings,
    };
    // Terraform replaces a resource whose creation failed.
    if (this.#isTainted) await this.deleteService();
    this.#isTainted = !this.#service;
    this.#service = await this.#resources.apply("aws_ecs_service", config, this.#service);
    this.#isTainted = false;
  }

  async deleteService(): Promise<void> {
    await this.#resources.delete("aws_ecs_service", { id: serviceArn("cluster", "app") });
  }

  async serviceDescription(): Promise<Service> {
    const { services } = await this.ecsClient.send(
      new DescribeServicesCommand({ cluster: "cluster", services: ["app"] }),
    );
    const [service] = services ?? [];
    if (!service) throw new Error("The service app does not exist.");
    return service;
  }

  /**
   * Sends a request to the first registered task.
   *
   * @returns the body of the response.
   */
  async request(path = "/"): Promise<string> {
    const [port] = this.targets.registered.keys();
    return (await fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: "close" } })).text();
  }

  samples(): Sample[] {
    return this.#run.ecs.samples();
  }

  /** Stops and starts the local AWS. */
  async restart(): Promise<void> {
    await this.#stop();
    this.targets = new FakeTargetRegistry();
    this.#run = this.#open();
    await this.#resources.restart(this.#terraform);
    await this.#run.ecs.resume();
  }

  async close(): Promise<void> {
    await this.#stop();
    this.#server.close();
    this.#resources.close();
    rmSync(this.directory, { recursive: true, force: true });
  }

  get #terraform() {
    const { ecr, ecs } = this.#run;
    return { resources: [...(ecr.terraform.resources ?? []), ...(ecs.terraform.resources ?? [])] };
  }

  async #stop(): Promise<void> {
    const { ecs, ecr, processes, ports } = this.#run;
    await ecs.close();
    ecr.close();
    await processes.close();
    ports.close();
  }

  #open(): Run {
    const processes = new Processes(join(this.directory, "processes.jsonl"));
    const ports = new Ports(join(this.directory, "ports.jsonl"));
    const ecr = new Ecr({ directory: join(this.directory, "ecr"), access, clock: systemClock });
    const ecs = new Ecs({
      directory: join(this.directory, "ecs"),
      access,
      processes,
      ports,
      logs: this.#logs,
      images: ecr,
      targets: this.targets,
      clock: systemClock,
      credentialsFor: (roleArn) => ({ accessKeyId: roleArn, secretAccessKey: "s", sessionToken: "t" }),
      endpoint: () => "http://127.0.0.1:1",
      xrayDaemon: () => "127.0.0.1:2000",
      millisecondsPerSecond: 50,
    });
    return { processes, ports, ecr, ecs };
  }
}
