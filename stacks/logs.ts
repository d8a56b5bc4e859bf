import { AthenaNamedQuery } from "@cdktf/provider-aws/lib/athena-named-query/index.js";
import { AthenaWorkgroup } from "@cdktf/provider-aws/lib/athena-workgroup/index.js";
import type { Construct } from "constructs";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Bundle } from "./base/bundles.ts";
import type { Published } from "./base/outputs.ts";
import { NodeFunction } from "./constructs/node-function.ts";
import { PrivateBucket } from "./constructs/private-bucket.ts";
import { Catalog } from "./logs/catalog.ts";
import { Delivery } from "./logs/delivery.ts";
import { savedQueries } from "./logs/saved-queries.ts";
import type { StateBucketOutputs } from "./state-bucket.ts";

export interface LogsOutputs {
  readonly lakeBucket: string;
  readonly resultBucket: string;
  readonly database: string;
  readonly workgroup: string;
  readonly deliveryStream: string;
  readonly normalizeFunction: string;
}

export interface LogsStackProps extends StackProps {
  readonly stateBucket: Published<StateBucketOutputs>;
  readonly normalizeBundle: Bundle;
}

const ENTRIES_EXPIRE_AFTER_DAYS = 365;
/** They contain the whole log events, not only the columns of the lake, so they expire as the logs do. */
const ERRORS_EXPIRE_AFTER_DAYS = 7;
const RESULTS_EXPIRE_AFTER_DAYS = 7;
/** Both classes are read immediately, and objects below 128 KB stay in the first class, where they cost less. */
const TRANSITIONS = [
  { days: 30, storageClass: "STANDARD_IA" },
  { days: 90, storageClass: "GLACIER_IR" },
] as const;
/** At 5 USD per TB, a query costs at most 0.05 USD: https://aws.amazon.com/athena/pricing/ */
const MAX_SCANNED_BYTES = 10 * 1024 ** 3;

const PREFIXES = { entries: "entries/", errors: "errors/" } as const;

/**
 * The log lake: Firehose writes the entries of all log groups to a bucket, by day, for a year, and Athena queries them.
 * Each log group sends to it by a {@link LakeSubscription}.
 */
export class LogsStack extends BaseStack {
  readonly outputs: Published<LogsOutputs>;

  constructor(scope: Construct, id: string, props: LogsStackProps) {
    super(scope, id, props);
    const { accessLogBucket } = this.read(props.stateBucket);
    const lake = new PrivateBucket(this, "Lake", {
      name: "log-lake",
      accessLogs: { name: accessLogBucket },
      encryption: "s3",
      expireAfterDays: ENTRIES_EXPIRE_AFTER_DAYS,
      expirePrefixes: { [PREFIXES.errors]: ERRORS_EXPIRE_AFTER_DAYS },
      transitions: TRANSITIONS,
      noncurrentVersionDays: 1,
    });
    const results = new PrivateBucket(this, "Results", {
      name: "log-results",
      accessLogs: { name: accessLogBucket },
      encryption: "s3",
      expireAfterDays: RESULTS_EXPIRE_AFTER_DAYS,
      noncurrentVersionDays: 1,
    });
    const normalize = new NodeFunction(this, "NormalizeFunction", {
      service: "normalize-logs",
      bundle: props.normalizeBundle,
      description: "Transforms log events to the rows of the log lake",
      variables: { NAME_PREFIX: this.environment.prefix },
      statements: [],
      timeout: 60,
      memory: 256,
      network: "internet",
      inLogLake: false, // Its entries would cause entries without end.
    });
    const delivery = new Delivery(this, "Delivery", { bucket: lake, normalize, prefixes: PREFIXES });
    const { database } = new Catalog(this, "Catalog", {
      lakeBucket: lake.name,
      flowLogBucket: this.physicalName("bucket", "flow-logs"),
      entriesPrefix: PREFIXES.entries,
    });
    const workgroup = this.#workgroup(results);
    for (const { name, description, statement } of savedQueries) {
      new AthenaNamedQuery(this, `Query-${name}`, {
        name,
        description,
        query: statement,
        database: database.name,
        workgroup: workgroup.name,
      });
    }
    this.outputs = this.publish({
      lakeBucket: lake.name,
      resultBucket: results.name,
      database: database.name,
      workgroup: workgroup.name,
      deliveryStream: delivery.stream.name,
      normalizeFunction: normalize.name,
    });
  }

  #workgroup(results: PrivateBucket): AthenaWorkgroup {
    return new AthenaWorkgroup(this, "Workgroup", {
      name: this.physicalName("workgroup", "logs"),
      description: "Queries of the log lake",
      forceDestroy: true, // The history of queries is no data.
      configuration: {
        enforceWorkgroupConfiguration: true,
        bytesScannedCutoffPerQuery: MAX_SCANNED_BYTES,
        publishCloudwatchMetricsEnabled: true,
        engineVersion: { selectedEngineVersion: "Athena engine version 3" },
        resultConfiguration: {
          outputLocation: `s3://${results.name}/`,
          encryptionConfiguration: { encryptionOption: "SSE_S3" },
        },
      },
    });
  }
}
