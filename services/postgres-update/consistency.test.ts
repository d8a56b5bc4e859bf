import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { GenerationCache } from "../../lib/cache/generation-cache.ts";
import { MemoryCacheStore } from "../../lib/cache/testing/memory-cache-store.ts";
import { DatabaseUnavailableError } from "../../lib/database/database.ts";
import { silentLog } from "../../lib/log/testing/silent-log.ts";
import { MemoryUploadStore } from "../../lib/objects/testing/memory-upload-store.ts";
import { noTracer } from "../../lib/tracing/tracer.ts";
import { createApp } from "../api/app.ts";
import { createOperations } from "../api/create-operations.ts";
import { CachedFileCatalog, PostgresFileCatalog } from "../api/file-catalog.ts";
import { copyFile } from "../api/operations/copy-file.ts";
import { apiEvent, type RequestOptions } from "../api/testing/api.ts";
import { type FilesDatabase, startFilesDatabase } from "../postgres-init/testing/files-database.ts";
import { withoutQuotes } from "./describe-file.ts";
import { FileTable } from "./file-table.ts";
import { EmittingBucket, type Fault, type S3Event, withFaults } from "./testing/emitting-bucket.ts";
import { sqsEvent } from "./testing/s3-event.ts";
import { createUpdate } from "./update.ts";

let files: FilesDatabase;
beforeAll(async () => {
  files = await startFilesDatabase();
});
afterAll(() => files.remove());

const clock = { now: () => 0 };
/** Files above this size are copied in parts, so that both ways of copying are tested. */
const COPIED_IN_PARTS = 3;

/** The Files API and the function that updates its table, on one bucket whose events a test delivers. */
class System {
  /** The events that have not been handled, and those of which a copy may still arrive. */
  pending: S3Event[] = [];
  readonly delivered: S3Event[] = [];
  /** The faults of the next calls; none when it is empty. */
  faults: (Fault | undefined)[] = [];
  /** Runs while a function handles a batch, after it has read an object. */
  meanwhile: (() => Promise<void>) | undefined;
  readonly bucket: EmittingBucket;
  readonly uploads: MemoryUploadStore;
  readonly #app: ReturnType<typeof createApp>;
  readonly #update: ReturnType<typeof createUpdate>;

  constructor(name: string) {
    this.bucket = new EmittingBucket(name, (event) => {
      this.pending = [...this.pending, event];
    });
    this.uploads = new MemoryUploadStore(this.bucket);
    const nextFault = (): Fault | undefined => this.faults.shift();
    const cache = new GenerationCache(new MemoryCacheStore(), clock, silentLog);
    const catalog = new CachedFileCatalog(new PostgresFileCatalog(files.database, name), cache);
    const audit = { record: async () => {} };
    const objects = withFaults(this.bucket, nextFault);
    const uploads = withFaults(this.uploads, nextFault);
    const operations = {
      ...createOperations({ objects, uploads, catalog, audit, probes: [], clock, log: silentLog }),
      "copy-file": copyFile({ objects, uploads, clock, sizes: { single: COPIED_IN_PARTS, part: 8 * 1024 ** 2 } }),
    };
    this.#app = createApp({ operations, audit, clock, log: silentLog, tracer: noTracer });
    const table = withFaults(new FileTable(files.database), nextFault, () => new DatabaseUnavailableError("injected"));
    const head = async (key: string) => {
      const metadata = await objects.head(key);
      const { meanwhile } = this;
      this.meanwhile = undefined;
      await meanwhile?.();
      return metadata;
    };
    this.#update = createUpdate({ table, bucket: () => ({ head }), cache, log: silentLog, tracer: noTracer });
  }

  async send(route: string, options: RequestOptions) {
    const { statusCode, headers, body } = await this.#app(apiEvent(route, options));
    return { status: statusCode, headers, body: JSON.parse(body || "null") };
  }

  /** Delivers a batch. Failed messages remain pending, and all of them when the function ends without a response. */
  async deliver(batch: readonly S3Event[], isResponseLost: boolean): Promise<void> {
    const { batchItemFailures } = await this.#update(sqsEvent(...batch.map((event) => ({ Records: [event] }))));
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier)));
    const handled = new Set(batch.filter((_, index) => !isResponseLost && !failed.has(index)));
    this.pending = this.pending.filter((event) => !handled.has(event));
    this.delivered.push(...handled);
  }

  /** All files of the API, page by page, as `key size etag`. */
  async listed(): Promise<string[]> {
    const rows: string[] = [];
    let query: string | undefined = "limit=2&sort=prefix_path";
    while (query !== undefined) {
      const page: Awaited<ReturnType<System["send"]>> = await this.send("GET /api/list", { query });
      expect(page.status).toBe(200);
      for (const { prefix_path, size, etag } of page.body) rows.push(`${prefix_path} ${size} ${etag}`);
      query = /\?([^>]*)>/.exec(page.headers.link ?? "")?.[1];
    }
    return rows.toSorted();
  }

  stored(): string[] {
    return [...this.bucket.objects]
      .map(([key, { metadata }]) => `${key} ${metadata.size} ${withoutQuotes(metadata.etag)}`)
      .toSorted();
  }
}

const key = fc.constantFrom("a", "b", "ü & ü/c d");
const content = fc.constantFrom("", "1", "22", "4444");
const overwrite = fc.boolean();
const transfer = { from: key, to: key, overwrite };
const fault = fc.constantFrom(undefined, undefined, undefined, "before" as const, "after" as const);
const faults = fc.array(fault, { maxLength: 5 });
const places = fc.array(fc.nat(), { minLength: 1, maxLength: 4 });

const change = fc.oneof(
  fc.record({ do: fc.constant("put" as const), key, content, faults }),
  fc.record({ do: fc.constant("delete" as const), key, faults }),
  fc.record({ do: fc.constant("delete all" as const), keys: fc.uniqueArray(key, { minLength: 1 }), faults }),
  fc.record({ do: fc.constant("copy" as const), ...transfer, faults }),
  fc.record({ do: fc.constant("move" as const), ...transfer, faults }),
  fc.record({ do: fc.constant("restore" as const), key, version: fc.nat({ max: 3 }), faults }),
  fc.record({ do: fc.constant("upload in parts" as const), key, content, repeated: fc.boolean(), faults }),
  fc.record({ do: fc.constant("expire an old version" as const), key, faults }),
);
const delivery = fc.record({
  do: fc.constant("deliver" as const),
  /** Places in the pending events, and in those that were already delivered. */
  batches: fc.array(places, { minLength: 1, maxLength: 2 }),
  again: fc.array(fc.nat(), { maxLength: 2 }),
  isResponseLost: fc.boolean(),
  /** A change that happens while the batch is handled, and whose events may be handled meanwhile too. */
  meanwhile: fc.option(fc.record({ change, isHandled: fc.boolean() }), { nil: undefined }),
  faults,
});
const list = fc.record({ do: fc.constant("list" as const), faults: fc.constant<(Fault | undefined)[]>([]) });
type ValueOf<A> = A extends fc.Arbitrary<infer T> ? T : never;
type Change = ValueOf<typeof change>;
type Step = Change | ValueOf<typeof delivery> | ValueOf<typeof list>;

const json = (body: unknown): RequestOptions => ({ body: JSON.stringify(body) });
/** The events at these places, each once. */
const pick = (events: readonly S3Event[], at: readonly number[]): readonly S3Event[] => [
  ...new Set(at.flatMap((place) => events[place % events.length] ?? [])),
];

async function run(system: System, step: Step): Promise<void> {
  system.faults = [...step.faults];
  switch (step.do) {
    case "put":
      await system.send("PUT /api/upload/{key+}", { key: step.key, body: step.content });
      break;
    case "delete":
      await system.send("DELETE /api/files/{key+}", { key: step.key });
      break;
    case "delete all":
      await system.send("POST /api/delete", json({ keys: step.keys }));
      break;
    case "copy":
      await system.send("POST /api/copy", json(step));
      break;
    case "move":
      await move(system, step);
      break;
    case "restore":
      await restore(system, step);
      break;
    case "upload in parts":
      await uploadInParts(system, step);
      break;
    case "expire an old version":
      system.bucket.expireVersion(step.key);
      break;
    case "deliver":
      await deliver(system, step);
      break;
    case "list":
      await system.listed();
  }
  system.faults = [];
}

/** Moves a file, which then has at least one of the two keys. */
async function move(system: System, step: Change & { do: "move" }): Promise<void> {
  const textOf = (name: string) => system.bucket.objects.get(name)?.body.toString();
  const before = textOf(step.from);
  await system.send("POST /api/move", json(step));
  if (before !== undefined) expect([textOf(step.from), textOf(step.to)]).toContain(before);
}

async function restore(system: System, step: Change & { do: "restore" }): Promise<void> {
  const { versions } = await system.bucket.listVersions(step.key, 10);
  const version = versions[step.version]?.id ?? "none";
  await system.send("POST /api/restore", json({ key: step.key, version }));
}

/** The request that completes the upload can be repeated, as after a lost response. */
async function uploadInParts(system: System, step: Change & { do: "upload in parts" }): Promise<void> {
  const type = "text/plain";
  const { status, body } = await system.send("POST /s3/multipart", json({ filename: step.key, type }));
  if (status !== 200) return;
  const ETag = system.uploads.putPart(step.key, body.uploadId, 1, Buffer.from(step.content));
  const complete = async () =>
    system.send("POST /s3/multipart/{uploadId}/complete", {
      parameters: { uploadId: body.uploadId },
      query: new URLSearchParams({ key: step.key }).toString(),
      ...json({ parts: [{ PartNumber: 1, ETag }] }),
    });
  await complete();
  if (step.repeated) await complete();
}

async function deliver(system: System, step: Step & { do: "deliver" }): Promise<void> {
  const { meanwhile } = step;
  if (meanwhile !== undefined) {
    system.meanwhile = async () => {
      const { faults: interrupted, pending } = system;
      await run(system, meanwhile.change);
      const emitted = system.pending.filter((event) => !pending.includes(event));
      if (meanwhile.isHandled && emitted.length > 0) await system.deliver(emitted, false);
      system.faults = interrupted;
    };
  }
  const repeated = pick(system.delivered, step.again);
  const batches = step.batches.map((at) => [...pick(system.pending, at), ...repeated]);
  await Promise.all(batches.map((batch) => system.deliver(batch, step.isResponseLost)));
  system.meanwhile = undefined;
}

it("lists exactly the files of the bucket once all events are handled, whatever failed before", async () => {
  let runs = 0;
  const steps = fc.array(fc.oneof({ weight: 3, arbitrary: change }, delivery, list), { minLength: 1, maxLength: 20 });
  const property = fc.asyncProperty(steps, fc.infiniteStream(fc.nat()), async (taken, order) => {
    runs += 1;
    const system = new System(`consistency-${runs}`);
    for (const step of taken) await run(system, step);
    while (system.pending.length > 0) {
      const batch = pick(
        system.pending,
        Array.from({ length: 3 }, () => order.next().value),
      );
      await system.deliver(batch, false);
    }
    expect(await system.listed()).toEqual(system.stored());
  });
  await fc.assert(property, { numRuns: 500, interruptAfterTimeLimit: 30_000 });
  // The time limit is for slow machines; a run without any case would verify nothing.
  expect(runs).toBeGreaterThan(20);
});
