import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import {
  CompleteLayerUploadCommand,
  ECRClient,
  InitiateLayerUploadCommand,
  PutImageCommand,
  UploadLayerPartCommand,
} from "@aws-sdk/client-ecr";
import { DescribeServicesCommand, ECSClient, type Service } from "@aws-sdk/client-ecs";
import { CREDENTIALS, openAccess } from "../../../gateway/testing/served-service.ts";
import { writeTar } from "../../../processes/tar.ts";
import type { Attributes } from "../../../provider/resource.ts";
import { ACCOUNT_ID, REGION } from "../../../runtime/account.ts";
import { systemClock } from "../../../runtime/clock.ts";
import { Ports } from "../../../runtime/ports.ts";
import { Processes } from "../../../runtime/processes.ts";
import { Ecr, repositoryUrl } from "../../ecr/ecr.ts";
import { FakeTargetRegistry } from "../../elastic-load-balancing/testing/fake-target-registry.ts";
import { Ecs } from "../ecs.ts";

const ROLE = `arn:aws:iam::${ACCOUNT_ID}:role/task`;
const access = openAccess();

/** ECR and ECS behind a gateway of their own; Terraform played by hand. A second is 50 ms. */
export class EcsHarness {
  readonly directory = mkdtempSync(join(tmpdir(), "ecs-"));
  readonly lines: { group: string; stream: string; line: string }[] = [];
  targets = new FakeTargetRegistry();
  ecr: Ecr;
  ecs: Ecs;
  readonly #server: Server;
  #processes: Processes;
  #ports: Ports;
  #recorded: { type: string; attributes: Attributes }[] = [];
  ecrClient = new ECRClient({ region: REGION, credentials: CREDENTIALS });
  ecsClient = new ECSClient({ region: REGION, credentials: CREDENTIALS });

  constructor() {
    [this.#processes, this.#ports, this.ecr, this.ecs] = this.#open();
    this.#server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      const service = request.headers.authorization?.includes("/ecr/") ? this.ecr.service : this.ecs.service;
      void service.handle(request, response);
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    const endpoint = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    this.ecrClient = new ECRClient({ endpoint, region: REGION, credentials: CREDENTIALS });
    this.ecsClient = new ECSClient({ endpoint, region: REGION, credentials: CREDENTIALS });
    await this.ecs.resume();
    await this.create("aws_ecr_repository", { name: "app", image_tag_mutability: "IMMUTABLE" });
    await this.create("aws_ecs_cluster", { name: "cluster" });
  }

  /**
   * A program as the image `app:<tag>`, by the registry's API.
   *
   * @returns its name.
   */
  async push(tag: string, program: string): Promise<string> {
    const archive = await writeTar([{ path: "app/index.mjs", content: Buffer.from(program) }]);
    const layer = await this.#upload(gzipSync(archive));
    const config = { Entrypoint: ["node", "/app/index.mjs"], WorkingDir: "/app", Env: ["FROM_IMAGE=yes"] };
    const imageManifest = JSON.stringify({
      schemaVersion: 2,
      config: { digest: await this.#upload(Buffer.from(JSON.stringify({ config }))) },
      layers: [{ digest: layer, mediaType: "application/vnd.oci.image.layer.v1.tar+gzip" }],
    });
    await this.ecrClient.send(new PutImageCommand({ repositoryName: "app", imageManifest, imageTag: tag }));
    return `${repositoryUrl("app")}:${tag}`;
  }

  /**
   * Registers a task definition of the family `app`.
   *
   * @returns its ARN.
   */
  async define(image: string, container: object = {}): Promise<string> {
    const { arn } = await this.create("aws_ecs_task_definition", {
      family: "app",
      execution_role_arn: ROLE,
      task_role_arn: ROLE,
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

  serve(taskDefinition: string, settings: Attributes = {}): Promise<Attributes> {
    return this.create("aws_ecs_service", {
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
    });
  }

  /** Creates a resource, or changes it when it is there, as the provider does. */
  async create(type: string, planned: Attributes): Promise<Attributes> {
    const handler = this.#handler(type);
    const context = { account: ACCOUNT_ID, region: REGION, config: {} };
    const attributes = { ...planned, ...(await handler.create?.(planned, context)) };
    const isSame = (one: Attributes) => type !== "aws_ecs_task_definition" && one.name === attributes.name;
    this.#recorded = this.#recorded.filter((one) => one.type !== type || !isSame(one.attributes));
    this.#recorded.push({ type, attributes });
    await handler.start?.(attributes);
    return attributes;
  }

  async service(): Promise<Service> {
    const { services } = await this.ecsClient.send(
      new DescribeServicesCommand({ cluster: "cluster", services: ["app"] }),
    );
    const [service] = services ?? [];
    if (!service) throw new Error("no service");
    return service;
  }

  /** What the only task, or the first of several, answers. */
  async answer(path = "/"): Promise<string> {
    const [port] = this.targets.registered.keys();
    return (await fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: "close" } })).text();
  }

  /** As the stand-in's own end and start. */
  async restart(): Promise<void> {
    await this.#stop();
    this.targets = new FakeTargetRegistry();
    [this.#processes, this.#ports, this.ecr, this.ecs] = this.#open();
    for (const { type, attributes } of this.#recorded) await this.#handler(type).start?.(attributes);
    await this.ecs.resume();
  }

  async close(): Promise<void> {
    await this.#stop();
    this.#server.close();
    rmSync(this.directory, { recursive: true, force: true });
  }

  async #stop(): Promise<void> {
    await this.ecs.close();
    this.ecr.close();
    await this.#processes.close();
    this.#ports.close();
  }

  #open(): [Processes, Ports, Ecr, Ecs] {
    const processes = new Processes(join(this.directory, "processes.jsonl"));
    const ports = new Ports(join(this.directory, "ports.jsonl"));
    const ecr = new Ecr({ directory: join(this.directory, "ecr"), access, clock: systemClock });
    const ecs = new Ecs({
      directory: join(this.directory, "ecs"),
      access,
      processes,
      ports,
      logs: {
        write: (group, stream, messages) => this.lines.push(...messages.map((line) => ({ group, stream, line }))),
      },
      images: ecr,
      targets: this.targets,
      clock: systemClock,
      credentialsFor: (roleArn) => ({ accessKeyId: roleArn, secretAccessKey: "s", sessionToken: "t" }),
      endpoint: () => "http://127.0.0.1:1",
      second: 50,
    });
    return [processes, ports, ecr, ecs];
  }

  #handler(type: string) {
    const handler = [...(this.ecr.terraform.resources ?? []), ...(this.ecs.terraform.resources ?? [])].find(
      (one) => one.type === type,
    );
    if (!handler) throw new Error(`no handler of ${type}`);
    return handler;
  }

  async #upload(content: Uint8Array): Promise<string> {
    const digest = `sha256:${createHash("sha256").update(content).digest("hex")}`;
    const repositoryName = "app";
    const { uploadId } = await this.ecrClient.send(new InitiateLayerUploadCommand({ repositoryName }));
    await this.ecrClient.send(
      new UploadLayerPartCommand({
        repositoryName,
        uploadId,
        partFirstByte: 0,
        partLastByte: content.length - 1,
        layerPartBlob: content,
      }),
    );
    await this.ecrClient.send(new CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests: [digest] }));
    return digest;
  }
}
