import { gunzipSync, gzipSync } from "node:zlib";
import {
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  InvalidRequestException,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from "@aws-sdk/client-athena";
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { QueryFailedError, runQuery } from "./athena.ts";
import { eraseEntries } from "./erase-entries.ts";
import { isStatement, lakeOf } from "./query-lake.ts";

const LAKE = { workgroup: "nv-demo-logs", database: "nv_demo_logs" };

/** Athena with one row per page. */
class FakeAthena {
  readonly statements: string[] = [];
  states = ["QUEUED", "RUNNING", "SUCCEEDED"];
  reason = "";
  stopped = false;
  rows = (_statement: string): string[][] => [["a"], ["b"]];

  // The overloads of a client are not worth repeating here.
  send = (async (command: unknown) => {
    if (command instanceof StartQueryExecutionCommand) {
      const { QueryString = "" } = command.input;
      if (QueryString === "invalid") throw new InvalidRequestException({ message: "line 1:1", $metadata: {} });
      this.statements.push(QueryString);
      return { QueryExecutionId: String(this.statements.length - 1) };
    }
    if (command instanceof GetQueryExecutionCommand) {
      const State = this.stopped ? "CANCELLED" : this.states.length > 1 ? this.states.shift() : this.states[0];
      const Status = { State, StateChangeReason: this.reason };
      return { QueryExecution: { Status, Statistics: { DataScannedInBytes: 5 } } };
    }
    if (command instanceof GetQueryResultsCommand) {
      const statement = this.statements[Number(command.input.QueryExecutionId)] ?? "";
      const all = [["path"], ...this.rows(statement)];
      const from = Number(command.input.NextToken ?? 0);
      const Rows = all.slice(from, from + 1).map((row) => ({ Data: row.map((VarCharValue) => ({ VarCharValue })) }));
      return {
        ResultSet: { Rows, ResultSetMetadata: { ColumnInfo: [{ Name: "path", Type: "varchar" }] } },
        NextToken: from + 1 < all.length ? String(from + 1) : undefined,
      };
    }
    if (command instanceof StopQueryExecutionCommand) {
      this.stopped = true;
      return {};
    }
    throw new TypeError("unexpected command");
  }) as never;
}

const options = (signal = new AbortController().signal) => ({ signal, wait: async () => {} });

describe("a query", () => {
  it("waits for the result, and reads every page", async () => {
    expect(await runQuery(new FakeAthena(), LAKE, "select", options())).toEqual({
      columns: [{ name: "path", type: "varchar" }],
      rows: [["a"], ["b"]],
      scannedBytes: 5,
    });
  });

  it("fails with the reason of Athena", async () => {
    const athena = Object.assign(new FakeAthena(), { states: ["FAILED"], reason: "TABLE_NOT_FOUND" });
    await expect(runQuery(athena, LAKE, "select", options())).rejects.toThrow("The query failed: TABLE_NOT_FOUND");
    await expect(runQuery(athena, LAKE, "invalid", options())).rejects.toThrow(QueryFailedError);
  });

  it("is cancelled by an interrupt", async () => {
    const athena = Object.assign(new FakeAthena(), { states: ["RUNNING"] });
    await expect(runQuery(athena, LAKE, "select", options(AbortSignal.abort(new Error("Ctrl-C"))))).rejects.toThrow(
      "Ctrl-C",
    );
    expect(athena.stopped).toBe(true);
  });
});

it.each([
  ["select 1", true],
  [" WITH a as (select 1) select 1", true],
  ["selects", false],
  ["slowest", false],
])("%j is a statement: %s", (argument, expected) => {
  expect(isStatement(argument)).toBe(expected);
});

it("derives the names of the lake from the environment", () => {
  const environment = { prefix: "nv-demo-dev", bucketSuffix: undefined } as never;
  expect(lakeOf({ environment })).toEqual({ workgroup: "nv-demo-dev-logs", database: "nv_demo_dev_logs" });
});

describe("the erasure of a user", () => {
  interface Version {
    readonly Key: string;
    readonly VersionId: string;
    readonly body: string | undefined;
  }

  /** Versioned buckets: the versions of all objects, newest first. */
  class FakeS3 {
    readonly versions = new Map<string, Version[]>();
    #next = 0;

    put(bucket: string, Key: string, body: string | undefined): void {
      const VersionId = String(this.#next++);
      this.versions.set(bucket, [{ Key, VersionId, body }, ...(this.versions.get(bucket) ?? [])]);
    }

    lines(bucket: string): object {
      return (this.versions.get(bucket) ?? []).map(({ Key, body }) => [Key, body]);
    }

    send = (async (command: unknown) => {
      if (command instanceof GetObjectCommand) {
        const { Bucket = "", Key = "" } = command.input;
        const body = this.versions.get(Bucket)?.find((version) => version.Key === Key)?.body ?? "";
        return { Body: { transformToByteArray: async () => gzipSync(body) } };
      }
      if (command instanceof PutObjectCommand) {
        const { Bucket = "", Key = "", Body } = command.input;
        this.put(Bucket, Key, gunzipSync(Body as Uint8Array).toString());
        return {};
      }
      if (command instanceof DeleteObjectCommand) {
        this.put(command.input.Bucket ?? "", command.input.Key ?? "", undefined);
        return {};
      }
      if (command instanceof ListObjectVersionsCommand) {
        const { Bucket = "", Prefix = "" } = command.input;
        const found = (this.versions.get(Bucket) ?? []).filter(({ Key }) => Key.startsWith(Prefix));
        const marked = found.map((version, index) => ({
          ...version,
          IsLatest: found.findIndex(({ Key }) => Key === version.Key) === index,
        }));
        return {
          Versions: marked.filter(({ body }) => body !== undefined),
          DeleteMarkers: marked.filter(({ body }) => body === undefined),
        };
      }
      if (command instanceof DeleteObjectsCommand) {
        const { Bucket = "", Delete } = command.input;
        const deleted = new Set(Delete?.Objects?.map(({ VersionId }) => VersionId));
        const left = (this.versions.get(Bucket) ?? []).filter(({ VersionId }) => !deleted.has(VersionId));
        this.versions.set(Bucket, left);
        return {};
      }
      throw new TypeError("unexpected command");
    }) as never;
  }

  const line = (values: object) => `${JSON.stringify(values)}\n`;

  it("removes the rows of the user from every object, with the old versions and the results of queries", async () => {
    const s3 = new FakeS3();
    s3.put("lake", "a.gz", line({ user_name: "ann" }) + line({ user_name: "bob" }) + line({ target: "ann" }));
    s3.put("lake", "a.gz.other", line({ user_name: "ann" }));
    s3.put("lake", "b.gz", line({ user_name: "ann" }));
    s3.put("results", "1.csv", "ann");
    const athena = Object.assign(new FakeAthena(), {
      states: ["SUCCEEDED"],
      rows: (statement: string) => (statement.includes("2026-11-28") ? [["s3://lake/a.gz"], ["s3://lake/b.gz"]] : []),
    });
    const erasure = await eraseEntries("ann", {
      ...options(),
      ...{ athena, s3: s3 as unknown as S3Client, lake: LAKE, resultBucket: "results" },
      now: new Date("2026-11-28T12:00:00Z"),
    });
    expect(erasure).toEqual({ entries: 3, objects: 2, results: 1 });
    expect(s3.lines("lake")).toEqual([
      ["a.gz", line({ user_name: "bob" })],
      ["a.gz.other", line({ user_name: "ann" })],
    ]);
    expect(s3.lines("results")).toEqual([]);
    expect(athena.statements).toHaveLength(12);
    expect(athena.statements[0]).toContain("day between '2026-10-29' and '2026-11-28'");
    expect(athena.statements.at(-1)).toContain("'2025-11-2");
  });

  it("quotes the name", async () => {
    const athena = Object.assign(new FakeAthena(), { states: ["SUCCEEDED"], rows: () => [] });
    await eraseEntries("o'neil", {
      ...options(),
      ...{ athena, s3: new FakeS3() as unknown as S3Client, lake: LAKE, resultBucket: "results", now: new Date() },
    });
    expect(athena.statements[0]).toContain("user_name = 'o''neil'");
  });
});
