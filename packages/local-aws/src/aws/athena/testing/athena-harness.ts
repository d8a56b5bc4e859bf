import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Athena as AthenaClient } from "@aws-sdk/client-athena";
import { Glue as GlueClient } from "@aws-sdk/client-glue";
import { expect } from "vitest";
import { openAccess, ServedService } from "../../../gateway/testing/served-service.ts";
import type { Attributes, TerraformParts } from "../../../provider/resource-handler.ts";
import { ManagedResources } from "../../../provider/testing/managed-resources.ts";
import { AwsError } from "../../../runtime/error.ts";
import { Processes } from "../../../runtime/processes.ts";
import { Glue } from "../../glue/glue.ts";
import { Athena } from "../athena.ts";

const NOW = Date.parse("2026-11-28T12:00:00Z");
/** The lines of the table `requests`, which has a partition for each day of the last year. */
export const LINES = [
  { time: "2026-11-27T10:00:00.000Z", status: 200, route: "GET /a", tags: ["x", "y"], day: "2026-11-27" },
  { time: "2026-11-27T11:00:00.000Z", status: 404, route: "GET /b", milliseconds: 1.5, day: "2026-11-27" },
  { time: "2026-11-28T09:00:00.000Z", status: 500, route: 'GET /"c"', milliseconds: 30, day: "2026-11-28" },
  { time: "2025-01-01T09:00:00.000Z", status: 999, route: "too old", day: "2025-01-01" },
];

/** What a restart replaces. */
interface Running {
  readonly glue: Glue;
  readonly athena: Athena;
  readonly served: readonly ServedService[];
  readonly client: AthenaClient;
  readonly catalog: GlueClient;
}

const resourcesOf = (services: readonly (Glue | Athena)[]): TerraformParts => ({
  resources: services.flatMap(({ terraform }) => terraform.resources ?? []),
});

/** Athena and Glue with a table of compressed JSON lines, and their clients. */
export class AthenaHarness {
  readonly directory = mkdtempSync(join(tmpdir(), "athena-"));
  /** The objects of all buckets: bucket and key → content. */
  readonly objects = new Map<string, Uint8Array>();
  /** Actions, with the resource if only that one is denied. */
  readonly denied = new Set<string>();
  readonly #processes = new Processes(join(this.directory, "processes.jsonl"));
  #running: Running | undefined;
  #resources: ManagedResources | undefined;

  private constructor() {
    for (const [index, { day, ...line }] of LINES.entries()) {
      this.objects.set(`lake/logs/day=${day}/${index}.gz`, gzipSync(`${JSON.stringify(line)}\n`));
    }
    this.objects.set("lake/logs/day=2026-11-28/_marker", Buffer.from("no JSON"));
    this.objects.set("lake/logs/elsewhere/0.gz", Buffer.from("no JSON"));
  }

  static async start(): Promise<AthenaHarness> {
    const harness = new AthenaHarness();
    const { glue, athena } = await harness.#open();
    harness.#resources = new ManagedResources(resourcesOf([glue, athena]));
    await harness.#createCatalog();
    return harness;
  }

  get client(): AthenaClient {
    return this.#started().client;
  }

  get catalog(): GlueClient {
    return this.#started().catalog;
  }

  get resources(): ManagedResources {
    if (!this.#resources) throw new TypeError("The harness has not been started.");
    return this.#resources;
  }

  async restart(): Promise<void> {
    await this.#close();
    const { glue, athena } = await this.#open();
    await this.resources.restart(resourcesOf([glue, athena]));
  }

  async stop(): Promise<void> {
    await this.#close();
    await this.#processes.close();
    this.resources.close();
    rmSync(this.directory, { recursive: true });
  }

  table(name: string, changes: Attributes = {}, library = "org.openx.data.jsonserde.JsonSerDe") {
    const columns = { time: "string", status: "int", route: "string", milliseconds: "double", tags: "array<string>" };
    return this.resources.apply("aws_glue_catalog_table", {
      database_name: "lake",
      name,
      table_type: "EXTERNAL_TABLE",
      storage_descriptor: [
        {
          location: `s3://lake/${name}/`,
          columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
          ser_de_info: [{ serialization_library: library }],
        },
      ],
      ...changes,
    });
  }

  async start(statement: string): Promise<string> {
    const context = { QueryExecutionContext: { Database: "lake" }, WorkGroup: "logs" };
    const { QueryExecutionId = "" } = await this.client.startQueryExecution({ QueryString: statement, ...context });
    return QueryExecutionId;
  }

  async finished(id: string) {
    const execution = async () => (await this.client.getQueryExecution({ QueryExecutionId: id })).QueryExecution;
    await expect.poll(async () => (await execution())?.Status?.State, { timeout: 10_000 }).not.toBe("RUNNING");
    return execution();
  }

  /** The rows as texts, without the header. */
  async query(statement: string): Promise<(string | undefined)[][]> {
    const id = await this.start(statement);
    expect((await this.finished(id))?.Status).toMatchObject({ State: "SUCCEEDED" });
    const { ResultSet } = await this.client.getQueryResults({ QueryExecutionId: id });
    return (ResultSet?.Rows ?? []).slice(1).map(({ Data = [] }) => Data.map(({ VarCharValue }) => VarCharValue));
  }

  async failure(statement: string): Promise<string> {
    const execution = await this.finished(await this.start(statement));
    expect(execution?.Status?.State).toBe("FAILED");
    return execution?.Status?.StateChangeReason ?? "";
  }

  #started(): Running {
    if (!this.#running) throw new TypeError("The harness has not been started.");
    return this.#running;
  }

  async #open(): Promise<Running> {
    const access = {
      ...openAccess(),
      authorize: (_caller: unknown, action: string, resource: string) => {
        if (!this.denied.has(action) && !this.denied.has(`${action} ${resource}`)) return;
        throw new AwsError("AccessDenied", `no ${action}`, 403);
      },
    };
    const glue = new Glue(access);
    const athena = new Athena({
      directory: this.directory,
      access,
      clock: { now: () => NOW },
      processes: this.#processes,
      catalog: glue.catalog,
      buckets: bucketsOf(this.objects),
    });
    const [ofAthena, ofGlue] = [await ServedService.start(athena.service), await ServedService.start(glue.service)];
    this.#running = {
      glue,
      athena,
      served: [ofAthena, ofGlue],
      client: new AthenaClient(ofAthena.client),
      catalog: new GlueClient(ofGlue.client),
    };
    return this.#running;
  }

  async #close(): Promise<void> {
    const { athena, served, client, catalog } = this.#started();
    client.destroy();
    catalog.destroy();
    for (const service of served) await service.stop();
    await athena.close();
  }

  async #createCatalog(): Promise<void> {
    await this.resources.apply("aws_glue_catalog_database", { name: "lake" });
    await this.table("requests", {
      partition_keys: [{ name: "day", type: "string" }],
      parameters: {
        "projection.enabled": "true",
        "projection.day.type": "date",
        "projection.day.format": "yyyy-MM-dd",
        "projection.day.range": "NOW-1YEARS,NOW",
        "storage.location.template": "s3://lake/logs/day=${day}/",
      },
    });
    await this.resources.apply("aws_athena_workgroup", {
      name: "logs",
      configuration: [
        {
          bytes_scanned_cutoff_per_query: 10_485_760,
          result_configuration: [
            { output_location: "s3://results/q/", encryption_configuration: [{ encryption_option: "SSE_S3" }] },
          ],
        },
      ],
    });
  }
}

function bucketsOf(objects: Map<string, Uint8Array>) {
  return {
    list: (bucket: string, prefix: string) =>
      [...objects]
        .map(([path, { length: size }]) => ({ key: path.slice(bucket.length + 1), size }))
        .filter(({ key }) => key.startsWith(prefix)),
    async read(bucket: string, key: string) {
      const content = objects.get(`${bucket}/${key}`);
      if (!content) throw new AwsError("NoSuchKey", "The specified key does not exist.", 404);
      return content;
    },
    write: async (bucket: string, key: string, content: Uint8Array) => void objects.set(`${bucket}/${key}`, content),
  };
}
