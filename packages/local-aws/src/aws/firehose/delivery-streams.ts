import { randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import { Journal } from "../../runtime/journal.ts";
import { roleCaller } from "../iam/role-caller.ts";
import { objectArn } from "../s3/names.ts";
import { type DeliveryStream, deliveryStreamArn } from "./delivery-stream.ts";
import { evaluatePrefix, type KeyContext } from "./object-key.ts";
import { type FailedRecord, type PendingRecord, type TransformDependencies, transform } from "./transform.ts";

/** How long Firehose tries to write to the bucket, in milliseconds. */
const RETRY_DURATION_MS = 24 * 3_600_000;
/** Before a write that failed is repeated, in milliseconds. */
const RETRY_DELAY_MS = 5_000;

export interface DeliveryStreamsOptions extends TransformDependencies {
  /** The file of the records that are not written yet. */
  readonly path: string;
  readonly clock: Clock;
  writeObject(bucket: string, key: string, content: Uint8Array, contentType: string): Promise<void>;
}

/**
 * The delivery streams with their buffers. Records are on disk until they are written to the bucket, so that each is
 * written at least once, even if the process is killed.
 */
export class DeliveryStreams {
  readonly #options: DeliveryStreamsOptions;
  readonly #streams = new Map<string, DeliveryStream>();
  readonly #pending: Journal<PendingRecord>;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #writing = new Map<string, Promise<void>>();
  #running = false;

  constructor(options: DeliveryStreamsOptions) {
    this.#options = options;
    this.#pending = new Journal(options.path);
  }

  put(stream: DeliveryStream): void {
    this.#streams.set(stream.name, stream);
    this.#schedule(stream);
  }

  find(name: string): DeliveryStream | undefined {
    return this.#streams.get(name);
  }

  /** @throws AwsError `ResourceNotFoundException`. */
  get(name: string): DeliveryStream {
    const stream = this.find(name);
    if (stream) return stream;
    throw new AwsError("ResourceNotFoundException", `Firehose ${name} under account not found.`);
  }

  /** Milliseconds since the oldest record that is not written arrived; undefined when there is none. */
  ageOf(name: string): number | undefined {
    const [oldest] = this.#recordsOf(name);
    return oldest && this.#options.clock.now() - oldest.arrived;
  }

  names(): string[] {
    return [...this.#streams.keys()].sort();
  }

  delete(name: string): void {
    this.#clearTimer(name);
    this.#streams.delete(name);
    this.#pending.commit(this.#recordsOf(name).map(({ id }) => [id, null]));
  }

  /**
   * Adds records to the buffer of a stream.
   *
   * @param records the bytes in base64.
   * @returns the IDs of the records.
   */
  add(stream: DeliveryStream, records: readonly string[]): string[] {
    const arrived = this.#options.clock.now();
    const added = records.map((data): PendingRecord => ({ id: randomUUID(), stream: stream.name, data, arrived }));
    this.#pending.commit(added.map((record) => [record.id, record]));
    this.#schedule(stream);
    return added.map(({ id }) => id);
  }

  /** Starts to write, beginning with the records of an earlier process. */
  resume(): void {
    this.#running = true;
    for (const stream of this.#streams.values()) this.#schedule(stream);
  }

  /** Finishes the writes in progress. Other records are written after the next start. */
  async suspend(): Promise<void> {
    this.#running = false;
    for (const name of this.#timers.keys()) this.#clearTimer(name);
    await Promise.all(this.#writing.values());
  }

  close(): void {
    this.#pending.close();
  }

  #recordsOf(name: string): PendingRecord[] {
    return this.#pending.values().filter(({ stream }) => stream === name);
  }

  #schedule(stream: DeliveryStream, minimumDelay = 0): void {
    if (!this.#running || this.#writing.has(stream.name)) return;
    const records = this.#recordsOf(stream.name);
    const [first] = records;
    if (!first) return;
    const size = records.reduce((sum, { data }) => sum + Buffer.byteLength(data, "base64"), 0);
    const due = size >= stream.bufferSize ? 0 : first.arrived + stream.bufferInterval * 1_000;
    this.#clearTimer(stream.name);
    const delay = Math.max(due - this.#options.clock.now(), minimumDelay);
    this.#timers.set(stream.name, setTimeout(() => this.#write(stream.name), delay).unref());
  }

  #clearTimer(name: string): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
  }

  #write(name: string): void {
    const stream = this.#streams.get(name);
    if (!stream) return;
    const writing = this.#deliver(stream, this.#recordsOf(name)).then((delivered) => {
      this.#writing.delete(name);
      this.#schedule(stream, delivered ? 0 : RETRY_DELAY_MS);
    });
    this.#writing.set(name, writing);
  }

  /** @returns whether the records were written, or given up. */
  async #deliver(stream: DeliveryStream, records: readonly PendingRecord[]): Promise<boolean> {
    const [first] = records;
    if (!first) return true;
    try {
      const { written, failed } = await transform(this.#options, stream, records);
      if (written.length > 0) await this.#writeObject(stream, Buffer.concat(written), { time: first.arrived });
      if (failed.length > 0) await this.#writeFailures(stream, failed, first.arrived);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      console.error(`The delivery stream ${stream.name} could not write ${records.length} records: ${reason}`);
      if (this.#options.clock.now() - first.arrived < RETRY_DURATION_MS) return false;
    }
    this.#pending.commit(records.map(({ id }) => [id, null]));
    return true;
  }

  async #writeObject(stream: DeliveryStream, content: Buffer, context: KeyContext): Promise<void> {
    const isGzip = stream.compression === "GZIP";
    const prefix = evaluatePrefix(context.errorType ? stream.errorPrefix : stream.prefix, context);
    const time = new Date(context.time)
      .toISOString()
      .replace(/\.\d+Z$/, "")
      .replace(/[T:]/g, "-");
    const extension = stream.fileExtension || (isGzip ? ".gz" : "");
    const key = `${prefix}${stream.name}-${stream.version}-${time}-${randomUUID()}${extension}`;
    const { authorize, writeObject } = this.#options;
    authorize(roleCaller(stream.roleArn, stream.name), "s3:PutObject", objectArn(stream.bucket, key));
    await writeObject(stream.bucket, key, isGzip ? gzipSync(content) : content, "application/octet-stream");
  }

  /** https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-failure-handling.html */
  async #writeFailures(stream: DeliveryStream, failed: readonly FailedRecord[], time: number): Promise<void> {
    const lines = failed.map(({ record, attempts, code, message }) =>
      JSON.stringify({
        attemptsMade: attempts,
        arrivalTimestamp: record.arrived,
        errorCode: code,
        errorMessage: message,
        attemptEndingTimestamp: this.#options.clock.now(),
        rawData: record.data,
        lambdaArn: stream.transformation?.functionArn,
        streamArn: deliveryStreamArn(stream.name),
      }),
    );
    await this.#writeObject(stream, Buffer.from(`${lines.join("\n")}\n`), { time, errorType: "processing-failed" });
  }
}
