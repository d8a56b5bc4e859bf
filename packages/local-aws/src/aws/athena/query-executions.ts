import { randomUUID } from "node:crypto";
import type { Call } from "../../gateway/protocol.ts";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import { Journal } from "../../runtime/journal.ts";
import { objectArn } from "../s3/names.ts";
import { EngineStoppedError } from "./engine/query-engine.ts";
import { parseLocation } from "./partition-projection.ts";
import { failureReason } from "./query-error.ts";
import { FINAL_STATES, type QueryExecution } from "./query-execution.ts";
import { type PreparedQuery, type QueryBuckets, type QueryRunner, ScanLimitError } from "./query-runner.ts";
import { parseCsv, type ResultRow, renderCsv } from "./result-file.ts";
import type { WorkGroup } from "./workgroups.ts";

/** AWS keeps the history for 45 days. https://docs.aws.amazon.com/athena/latest/ug/queries-viewing-history.html */
const HISTORY_MS = 45 * 24 * 3_600_000;

export interface QueryInput {
  readonly statement: string;
  readonly database: string;
  readonly outputLocation: string | undefined;
  readonly encryption: string | undefined;
  readonly clientToken: string | undefined;
}

export interface QueryExecutionsOptions {
  /** The file of the executions. */
  readonly path: string;
  readonly clock: Clock;
  readonly runner: QueryRunner;
  readonly buckets: QueryBuckets;
}

/** The queries that were started, on disk. A query that runs when the process ends has failed at the next start. */
export class QueryExecutions {
  readonly #journal: Journal<QueryExecution>;
  readonly #clock: Clock;
  readonly #runner: QueryRunner;
  readonly #buckets: QueryBuckets;
  readonly #running = new Map<string, { readonly prepared: PreparedQuery; readonly finished: Promise<void> }>();

  constructor({ path, clock, runner, buckets }: QueryExecutionsOptions) {
    this.#journal = new Journal(path);
    this.#clock = clock;
    this.#runner = runner;
    this.#buckets = buckets;
    for (const execution of this.#journal.values()) {
      if (clock.now() - execution.submitted > HISTORY_MS) this.#journal.delete(execution.id);
      else if (!FINAL_STATES.has(execution.state)) this.#finish(execution, "FAILED", "The local AWS was stopped.");
    }
  }

  /** @throws AwsError `InvalidRequestException`. */
  get(id: string): QueryExecution {
    const execution = this.#journal.get(id);
    if (execution) return execution;
    throw new AwsError("InvalidRequestException", `QueryExecution ${id} was not found`);
  }

  /** Newest first. */
  of(workGroup: string): QueryExecution[] {
    return this.#journal
      .values()
      .filter((execution) => execution.workGroup === workGroup)
      .reverse();
  }

  /** Starts a query, or returns the one that was started with this token. */
  async start(input: QueryInput, group: WorkGroup, call: Call): Promise<QueryExecution> {
    const known = this.#journal
      .values()
      .find(({ clientToken }) => clientToken !== undefined && clientToken === input.clientToken);
    if (known) return known;
    const id = randomUUID();
    const outputLocation = outputLocationOf(input, group, id);
    const prepared = await this.#runner.prepare(input.statement, input.database);
    const execution: QueryExecution = {
      ...{ id, outputLocation, statement: input.statement, database: input.database, workGroup: group.name },
      encryption: group.enforced ? group.encryption : (input.encryption ?? group.encryption),
      ...{ state: "RUNNING", reason: undefined, submitted: this.#clock.now(), completed: undefined },
      ...{ scannedBytes: 0, columns: [], clientToken: input.clientToken },
    };
    this.#journal.set(id, execution);
    const finished = this.#run(execution, prepared, call, group.bytesScannedCutoff);
    this.#running.set(id, { prepared, finished });
    return execution;
  }

  /** Cancels a query that is running. */
  stop(id: string): void {
    this.get(id);
    this.#running.get(id)?.prepared.engine.stop();
  }

  /**
   * The rows of a query that succeeded, of which the first has the names of the columns.
   *
   * @throws AwsError `InvalidRequestException`.
   */
  async rows({ outputLocation }: QueryExecution, call: Call): Promise<ResultRow[]> {
    const { bucket, prefix: key } = parseLocation(outputLocation);
    call.authorize("s3:GetObject", objectArn(bucket, key));
    try {
      return parseCsv(Buffer.from(await this.#buckets.read(bucket, key)).toString());
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw new AwsError("InvalidRequestException", `Could not find results at ${outputLocation}: ${error.code}`);
    }
  }

  /** Stops all queries. */
  async close(): Promise<void> {
    for (const { prepared } of this.#running.values()) prepared.engine.stop();
    await Promise.all([...this.#running.values()].map(({ finished }) => finished));
    this.#journal.close();
  }

  async #run(execution: QueryExecution, prepared: PreparedQuery, call: Call, limit: number | undefined): Promise<void> {
    try {
      const { columns, rows, scannedBytes } = await this.#runner.run(prepared, call, limit);
      await this.#writeResult(execution, [columns.map(({ name }) => name), ...rows], call);
      this.#finish({ ...execution, columns, scannedBytes }, "SUCCEEDED");
    } catch (error) {
      this.#fail(execution, error);
    } finally {
      this.#running.delete(execution.id);
      this.#runner.close(prepared);
    }
  }

  #fail(execution: QueryExecution, error: unknown): void {
    if (error instanceof EngineStoppedError) {
      this.#finish(execution, "CANCELLED", "Query was cancelled by user");
    } else if (error instanceof ScanLimitError) {
      const { scannedBytes, message } = error;
      this.#finish({ ...execution, scannedBytes }, "CANCELLED", `Query cancelled! : ${message}`);
    } else {
      const reason = error instanceof AwsError ? `${error.code}: ${error.message}` : failureReason(error);
      this.#finish(execution, "FAILED", reason);
    }
  }

  #finish(execution: QueryExecution, state: QueryExecution["state"], reason?: string): void {
    this.#journal.set(execution.id, { ...execution, state, reason, completed: this.#clock.now() });
  }

  async #writeResult({ outputLocation }: QueryExecution, rows: readonly ResultRow[], call: Call): Promise<void> {
    const { bucket, prefix: key } = parseLocation(outputLocation);
    call.authorize("s3:PutObject", objectArn(bucket, key));
    await this.#buckets.write(bucket, key, Buffer.from(renderCsv(rows)), "application/octet-stream");
  }
}

function outputLocationOf(input: QueryInput, group: WorkGroup, id: string): string {
  const chosen = group.enforced ? group.outputLocation : (input.outputLocation ?? group.outputLocation);
  if (chosen === undefined) {
    throw new AwsError(
      "InvalidRequestException",
      "No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.",
    );
  }
  return `${chosen.replace(/\/?$/, "/")}${id}.csv`;
}
