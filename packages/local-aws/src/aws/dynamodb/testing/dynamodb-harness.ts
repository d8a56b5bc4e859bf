import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Access } from "../../../gateway/protocol.ts";
import { CREDENTIALS, openAccess, ServedService } from "../../../gateway/testing/served-service.ts";
import { ManagedResources } from "../../../provider/testing/managed-resources.ts";
import { systemClock } from "../../../runtime/clock.ts";
import { Ports } from "../../../runtime/ports.ts";
import { Processes } from "../../../runtime/processes.ts";
import type { MetricSink } from "../../cloudwatch/metric-sink.ts";
import { DynamoDb } from "../dynamodb.ts";
import type { EngineOptions } from "../engines/engine.ts";

/** DynamoDB on an endpoint, with a data folder that is deleted with it. */
export class DynamoDbHarness {
  readonly published: Parameters<MetricSink["put"]>[] = [];
  readonly #directory: string;
  readonly #processes: Processes;
  readonly #ports: Ports;
  readonly #dynamodb: DynamoDb;
  readonly #clients: DynamoDBClient[] = [];
  readonly resources: ManagedResources;
  #served: ServedService | undefined;

  constructor(options: { readonly access?: Access; readonly engine?: EngineOptions["engine"] } = {}) {
    const directory = mkdtempSync(join(tmpdir(), "dynamodb-"));
    this.#directory = directory;
    this.#processes = new Processes(join(directory, "processes.journal"));
    this.#ports = new Ports(join(directory, "ports.journal"));
    this.#dynamodb = new DynamoDb({
      directory: join(directory, "dynamodb"),
      access: options.access ?? openAccess(),
      clock: systemClock,
      metrics: { put: (...metric) => void this.published.push(metric) },
      processes: this.#processes,
      ports: this.#ports,
      engine: options.engine,
    });
    this.resources = new ManagedResources(this.#dynamodb.terraform);
  }

  async client(credentials: typeof CREDENTIALS = CREDENTIALS): Promise<DynamoDBClient> {
    this.#served ??= await ServedService.start(this.#dynamodb.service);
    const client = new DynamoDBClient({ ...this.#served.client, credentials });
    this.#clients.push(client);
    return client;
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.destroy();
    await this.#served?.stop();
    await this.#dynamodb.stop();
    await this.#processes.close();
    this.#ports.close();
    this.resources.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
