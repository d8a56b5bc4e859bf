import type { Authorize } from "../../gateway/service.ts";
import { REGION } from "../../runtime/account.ts";
import { roleCaller } from "../iam/role-caller.ts";
import type { LambdaInvoker } from "../lambda/invoker.ts";
import { type DeliveryStream, deliveryStreamArn, type Transformation } from "./delivery-stream.ts";

/** A record that waits to be written. */
export interface PendingRecord {
  readonly id: string;
  readonly stream: string;
  /** Base64. */
  readonly data: string;
  /** Milliseconds since the epoch. */
  readonly arrived: number;
}

export interface TransformedRecords {
  /** What is written, in the order of the records. */
  readonly written: readonly Buffer[];
  /** Written below the error prefix. */
  readonly failed: readonly FailedRecord[];
}

export interface FailedRecord {
  readonly record: PendingRecord;
  readonly attempts: number;
  readonly code: string;
  readonly message: string;
}

/** https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-status-model.html */
interface FunctionRecord {
  readonly recordId?: string;
  readonly result?: string;
  readonly data?: string;
}

export interface TransformDependencies {
  readonly lambda: () => LambdaInvoker;
  readonly authorize: Authorize;
}

/** Transforms records with the function of a delivery stream; without one, they are written as they are. */
export async function transform(
  dependencies: TransformDependencies,
  stream: DeliveryStream,
  records: readonly PendingRecord[],
): Promise<TransformedRecords> {
  const { transformation } = stream;
  if (!transformation) return { written: records.map(({ data }) => Buffer.from(data, "base64")), failed: [] };
  const written: Buffer[] = [];
  const failed: FailedRecord[] = [];
  for (const batch of batchesOf(records, transformation.batchSize)) {
    const result = await transformBatch(dependencies, stream, transformation, batch);
    written.push(...result.written);
    failed.push(...result.failed);
  }
  return { written, failed };
}

function batchesOf(records: readonly PendingRecord[], batchSize: number): PendingRecord[][] {
  const batches: PendingRecord[][] = [];
  let size = 0;
  for (const record of records) {
    const batch = batches.at(-1);
    const bytes = Buffer.byteLength(record.data, "base64");
    size += bytes;
    if (batch && size <= batchSize) {
      batch.push(record);
    } else {
      batches.push([record]);
      size = bytes;
    }
  }
  return batches;
}

async function transformBatch(
  { lambda, authorize }: TransformDependencies,
  stream: DeliveryStream,
  { functionArn, retries }: Transformation,
  records: readonly PendingRecord[],
): Promise<TransformedRecords> {
  const payload = JSON.stringify({
    invocationId: crypto.randomUUID(),
    deliveryStreamArn: deliveryStreamArn(stream.name),
    region: REGION,
    records: records.map(({ id, data, arrived }) => ({
      recordId: id,
      approximateArrivalTimestamp: arrived,
      data,
    })),
  });
  let problem = "";
  for (let attempt = 1; attempt <= retries + 1; attempt++) {
    try {
      authorize(roleCaller(stream.roleArn, stream.name), "lambda:InvokeFunction", functionArn);
      const source = { kind: "caller" } as const;
      const result = await lambda().invoke({ functionName: functionArn, payload, type: "RequestResponse", source });
      if (result.functionError === undefined) return readResult(result.payload, records, attempt);
      problem = result.payload;
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
  }
  const message = `The function was invoked but it returned an error result. ${problem}`;
  const failure = { attempts: retries + 1, code: "Lambda.FunctionError", message };
  return { written: [], failed: records.map((record) => ({ record, ...failure })) };
}

/** Records that are missing in the result of the function, or have no status, failed. */
function readResult(payload: string, records: readonly PendingRecord[], attempts: number): TransformedRecords {
  const { records: results = [] } = (JSON.parse(payload) ?? {}) as { records?: readonly FunctionRecord[] };
  const byId = new Map(results.map((result) => [result.recordId, result]));
  const written: Buffer[] = [];
  const failed: FailedRecord[] = [];
  for (const record of records) {
    const { result, data = "" } = byId.get(record.id) ?? {};
    if (result === "Ok") written.push(Buffer.from(data, "base64"));
    else if (result !== "Dropped") failed.push({ record, attempts, ...failureOf(result) });
  }
  return { written, failed };
}

function failureOf(result: string | undefined): Pick<FailedRecord, "code" | "message"> {
  if (result === "ProcessingFailed") {
    return { code: "Lambda.ProcessingFailedStatus", message: "ProcessingFailed status set for record" };
  }
  if (result === undefined) {
    return { code: "Lambda.MissingRecordId", message: "One or more record Ids were not returned." };
  }
  return { code: "Lambda.InvalidReturnFormat", message: `The function returned the invalid status ${result}.` };
}
