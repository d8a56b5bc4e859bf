import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CacheUnavailableError } from "../../lib/cache/cache-store.ts";
import { DatabaseUnavailableError } from "../../lib/database/database.ts";
import { silentLog } from "../../lib/log/testing/silent-log.ts";
import { type ObjectMetadata, ObjectStoreUnavailableError } from "../../lib/objects/object-store.ts";
import { noTracer } from "../../lib/tracing/tracer.ts";
import { type FilesDatabase, startFilesDatabase } from "../postgres-init/testing/files-database.ts";
import { FileTable } from "./file-table.ts";
import { s3Event, sqsEvent } from "./testing/s3-event.ts";
import { createUpdate, type UpdateDependencies } from "./update.ts";

let files: FilesDatabase;
let table: FileTable;
let objects: Map<string, ObjectMetadata>;
let bumps: number;
let dependencies: UpdateDependencies;

beforeAll(async () => {
  files = await startFilesDatabase();
  table = new FileTable(files.database);
});
afterAll(() => files.remove());

/** Sequencers of various lengths whose text order, padded with zeros on the right, is the order of the steps. */
const sequencerOf = (step: number, tail: string): string =>
  step.toString(16).toUpperCase().padStart(6, "0").replace(/0+$/, "") + (tail === "" ? "" : `0${tail}`);

const stored = (size: number): ObjectMetadata => ({
  size,
  etag: `"${size}"`,
  lastModified: new Date("2026-01-02T03:04:05Z"),
  contentType: "text/plain",
  userMetadata: {},
});

beforeEach(async () => {
  await files.admin.query("truncate file");
  objects = new Map();
  bumps = 0;
  dependencies = {
    table,
    bucket: () => ({ head: async (key) => objects.get(key) }),
    cache: {
      bump: async () => {
        bumps += 1;
      },
    },
    log: silentLog,
    tracer: noTracer,
  };
});

const handle = (...bodies: readonly unknown[]) => createUpdate(dependencies)(sqsEvent(...bodies));
const message = (...records: readonly unknown[]) => ({ Records: records });
const rows = async () => (await files.admin.query("select * from file where removed_at is null order by key")).rows;

it("records a stored object with its metadata", async () => {
  objects.set("a/b c.txt", stored(7));
  expect(await handle(message(s3Event("a/b c.txt")))).toEqual({ batchItemFailures: [] });
  expect(await rows()).toMatchObject([
    {
      bucket: "nv-demo-storage",
      key: "a/b c.txt",
      filename: "b c.txt",
      size: "7",
      etag: "7",
      content_type: "text/plain",
      date_added: "2026-01-02 03:04:05.678+00",
    },
  ]);
  expect(bumps).toBe(1);
});

it("handles every record of a message", async () => {
  objects.set("a", stored(1)).set("b", stored(2));
  await handle(message(s3Event("a"), s3Event("b")));
  expect(await rows()).toHaveLength(2);
});

it.each([
  "ObjectRemoved:Delete",
  "ObjectRemoved:DeleteMarkerCreated",
  "LifecycleExpiration:Delete",
  "LifecycleExpiration:DeleteMarkerCreated",
])("removes the row on %s", async (name) => {
  objects.set("a", stored(1));
  await handle(message(s3Event("a", { sequencer: "01" })));
  objects.delete("a");
  await handle(message(s3Event("a", { name, sequencer: "02" })));
  expect(await rows()).toEqual([]);
});

it("removes the row on an expiration without a sequencer, but not a file that was stored since", async () => {
  const expiration = s3Event("a", {
    name: "LifecycleExpiration:Delete",
    sequencer: undefined,
    time: "2026-02-01T00:00:00.000Z",
  });
  objects.set("a", stored(1));
  await handle(message(s3Event("a", { sequencer: "01" })));
  await handle(message(expiration));
  expect(await rows()).toHaveLength(1);
  objects.delete("a");
  await handle(message(expiration));
  expect(await rows()).toEqual([]);
});

it("keeps a file and its date when only a noncurrent version expires", async () => {
  objects.set("a", stored(2));
  await handle(message(s3Event("a", { sequencer: "02" })));
  const time = "2026-02-01T00:00:00.000Z";
  await handle(message(s3Event("a", { name: "LifecycleExpiration:Delete", sequencer: "03", time })));
  expect(await rows()).toMatchObject([{ key: "a", date_added: "2026-01-02 03:04:05+00" }]);
});

it("does not restore a removed file on a late event", async () => {
  objects.set("a", stored(1));
  await handle(message(s3Event("a", { name: "ObjectRemoved:Delete", sequencer: "0055AED6DCD90281E6" })));
  objects.delete("a");
  await handle(message(s3Event("a", { name: "ObjectRemoved:Delete", sequencer: "0055AED6DCD90281E7" })));
  objects.set("a", stored(1));
  await handle(message(s3Event("a", { sequencer: "0055AED6DCD90281E5" })));
  expect(await rows()).toEqual([]);
});

describe("failures", () => {
  it("fails only the message that is invalid", async () => {
    for (let index = 0; index < 10; index += 1) objects.set(`k${index}`, stored(index));
    const bodies: unknown[] = Array.from({ length: 10 }, (_, index) => message(s3Event(`k${index}`)));
    bodies[4] = "invalid";
    expect(await handle(...bodies)).toEqual({ batchItemFailures: [{ itemIdentifier: "4" }] });
    expect(await rows()).toHaveLength(9);
  });

  it("fails only the message whose object cannot be read", async () => {
    objects.set("good", stored(1));
    const head = async (key: string) => {
      if (key === "bad") throw new ObjectStoreUnavailableError("busy");
      return objects.get(key);
    };
    dependencies = { ...dependencies, bucket: () => ({ head }) };
    const response = await handle(message(s3Event("bad")), message(s3Event("good")));
    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: "0" }] });
    expect(await rows()).toMatchObject([{ key: "good" }]);
  });

  it("fails all messages after the first attempt while the database is unavailable", async () => {
    let attempts = 0;
    const record = async () => {
      attempts += 1;
      throw new DatabaseUnavailableError("unavailable");
    };
    dependencies = { ...dependencies, table: { ...table, record, removeAddedBefore: record } };
    const response = await handle(...["a", "b", "c"].map((key) => message(s3Event(key))));
    expect(response.batchItemFailures).toHaveLength(3);
    expect(attempts).toBe(1);
    expect(bumps).toBe(0);
  });

  it("succeeds when the cache cannot be invalidated", async () => {
    objects.set("a", stored(1));
    dependencies = { ...dependencies, cache: { bump: () => Promise.reject(new CacheUnavailableError("down")) } };
    expect(await handle(message(s3Event("a")))).toEqual({ batchItemFailures: [] });
    expect(await rows()).toHaveLength(1);
  });

  it("invalidates the cache again when a message is delivered again", async () => {
    objects.set("a", stored(1));
    await handle(message(s3Event("a")));
    await handle(message(s3Event("a")));
    expect(bumps).toBe(2);
  });

  it("does not throw on any message and fails exactly the invalid ones", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.string(), fc.json(), fc.constant("{}")), { maxLength: 5 }),
        async (bodies) => {
          const { batchItemFailures } = await createUpdate(dependencies)(sqsEvent(...bodies));
          expect(batchItemFailures).toHaveLength(bodies.length);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("events that are delivered repeatedly and in any order while the bucket changes", () => {
  const step = fc.record({
    key: fc.constantFrom("a", "b"),
    action: fc.constantFrom("put", "delete", "expire an old version"),
    tail: fc.constantFrom("", "7", "0F3"),
    deliveries: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
  });

  it("result in the rows of the final state of the bucket", async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        run += 1;
        const update = createUpdate(dependencies);
        // Each delivery happens some steps after its event; those after the last step follow in the order of their
        // delays.
        const schedule = steps.flatMap(({ key, action, tail, deliveries }, index) => {
          const name = action === "put" ? "ObjectCreated:Put" : "ObjectRemoved:Delete";
          const event = s3Event(`${run}/${key}`, { name, sequencer: sequencerOf(16 * (index + 1), tail) });
          return deliveries.map((delay) => ({ at: index + (delay % 11), order: delay, body: message(event) }));
        });
        for (let now = 0; now < steps.length + 11; now += 1) {
          const current = steps[now];
          if (current?.action === "put") objects.set(`${run}/${current.key}`, stored(now + 1));
          if (current?.action === "delete") objects.delete(`${run}/${current.key}`);
          const due = schedule.filter(({ at }) => at === now).sort((one, other) => one.order - other.order);
          if (due.length > 0) await update(sqsEvent(...due.map(({ body }) => body)));
        }
        const { rows: kept } = await files.admin.query<{ key: string; size: string }>(
          "select key, size from file where removed_at is null and key ^@ $1 order by key",
          [`${run}/`],
        );
        const expected = [...objects]
          .filter(([key]) => key.startsWith(`${run}/`))
          .sort(([one], [other]) => (one < other ? -1 : 1));
        expect(kept.map(({ key, size }) => [key, Number(size)])).toEqual(
          expected.map(([key, { size }]) => [key, size]),
        );
      }),
      { numRuns: 500 },
    );
  });
});

it("keeps the state with the highest sequencer, for any order and number of deliveries", async () => {
  let run = 0;
  const change = fc.record({
    present: fc.boolean(),
    tail: fc.constantFrom("", "7", "0F3"),
    times: fc.integer({ min: 1, max: 3 }),
  });
  const property = fc.asyncProperty(
    fc.array(change, { minLength: 1, maxLength: 6 }),
    fc.infiniteStream(fc.nat()),
    async (changes, order) => {
      run += 1;
      const key = `sequence ${run}`;
      const states = changes.flatMap(({ present, tail, times }, index) => {
        const file = present
          ? { size: index, etag: "e", contentType: "t", dateAdded: "2026-01-02T03:04:05.678Z" }
          : undefined;
        return Array(times).fill({ bucket: "nv-demo-storage", key, sequencer: sequencerOf(index + 1, tail), file });
      });
      const shuffled = states
        .map((state) => ({ state, place: order.next().value }))
        .sort((one, other) => one.place - other.place);
      for (const { state } of shuffled) await table.record(state);
      const { rows: kept } = await files.admin.query(
        "select size::int from file where key = $1 and removed_at is null",
        [key],
      );
      expect(kept).toEqual(changes.at(-1)?.present ? [{ size: changes.length - 1 }] : []);
    },
  );
  await fc.assert(property, { numRuns: 500 });
});

it("deletes only old tombstones", async () => {
  objects.set("here", stored(1));
  await handle(message(s3Event("here")), message(s3Event("gone")), message(s3Event("long gone")));
  await files.admin.query("update file set removed_at = now() - interval '31 days' where key = 'long gone'");
  expect(await table.deleteOldTombstones()).toBe(1);
  const { rows: left } = await files.admin.query("select key from file order by key");
  expect(left).toEqual([{ key: "gone" }, { key: "here" }]);
});
