import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Access, jsonService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource-handler.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { Processes } from "../../runtime/processes.ts";
import type { Catalog } from "../glue/catalog.ts";
import { NamedQueries } from "./named-queries.ts";
import { athenaOperations } from "./operations/index.ts";
import { QueryExecutions } from "./query-executions.ts";
import { type QueryBuckets, QueryRunner } from "./query-runner.ts";
import { athenaTerraform } from "./terraform/index.ts";
import { WorkGroups } from "./workgroups.ts";

export interface AthenaOptions {
  /** Where the history of queries is stored, and the copies that a query reads. */
  readonly directory: string;
  readonly access: Access;
  readonly clock: Clock;
  readonly processes: Processes;
  readonly catalog: Catalog;
  readonly buckets: QueryBuckets;
}

/**
 * Athena: `SELECT` statements on tables of the Data Catalog with JSON or Parquet files, run by DuckDB in a process per
 * query that can read nothing else.
 */
export class Athena {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly #executions: QueryExecutions;

  constructor({ directory, access, clock, processes, catalog, buckets }: AthenaOptions) {
    const copies = join(directory, "copies");
    rmSync(copies, { recursive: true, force: true }); // Of queries that ran when the process was killed.
    mkdirSync(copies, { recursive: true });
    const runner = new QueryRunner({ directory: copies, processes, catalog, buckets, clock });
    this.#executions = new QueryExecutions({ path: join(directory, "executions.jsonl"), clock, runner, buckets });
    const context = { groups: new WorkGroups(), queries: new NamedQueries(), executions: this.#executions };
    this.service = jsonService(
      { signingName: "athena", target: "AmazonAthena", jsonVersion: "1.1", operations: athenaOperations(context) },
      access,
    );
    this.terraform = athenaTerraform(context);
  }

  /** Stops all queries. */
  close(): Promise<void> {
    return this.#executions.close();
  }
}
