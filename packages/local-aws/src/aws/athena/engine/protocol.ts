/** A column of a result. */
export interface ResultColumn {
  readonly name: string;
  /** The type of Athena, such as `varchar`. */
  readonly type: string;
}

/** A table whose objects were copied to the folder of the query. */
export interface EngineTable {
  readonly database: string;
  readonly name: string;
  readonly format: "json" | "parquet";
  /** With types of DuckDB. */
  readonly columns: readonly EngineColumn[];
  readonly partitionColumns: readonly EngineColumn[];
  readonly files: readonly EngineFile[];
  /** Whether a line that is not JSON is an error. */
  readonly strict: boolean;
  /** Whether the pseudo column `$path` is visible. */
  readonly showsPath: boolean;
}

export interface EngineColumn {
  readonly name: string;
  readonly type: string;
}

export interface EngineFile {
  /** On this machine. */
  readonly path: string;
  /** `s3://<bucket>/<key>` */
  readonly uri: string;
  readonly partition: readonly string[];
}

/** What the engine is asked. Trees are those of `json_serialize_sql`. */
export type EngineRequest =
  | { readonly kind: "parse"; readonly statement: string }
  | {
      /** Which partitions meet a condition. */
      readonly kind: "prune";
      readonly columns: readonly EngineColumn[];
      readonly partitions: readonly (readonly string[])[];
      readonly condition: string;
    }
  | { readonly kind: "run"; readonly tree: string; readonly tables: readonly EngineTable[] };

export interface QueryResult {
  readonly columns: readonly ResultColumn[];
  /** The texts that Athena returns; null for NULL. */
  readonly rows: readonly (readonly (string | null)[])[];
}

/** The responses by the kind of the request. */
export interface EngineResults {
  /** The tree as JSON. */
  readonly parse: string;
  /** The indexes of the partitions. */
  readonly prune: readonly number[];
  readonly run: QueryResult;
}

export type EngineResponse = { readonly result: EngineResults[keyof EngineResults] } | { readonly error: string };
