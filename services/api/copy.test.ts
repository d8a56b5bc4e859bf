import { beforeEach, describe, expect, it } from "vitest";
import { readRequest } from "../../lib/http/request.ts";
import type { ObjectKey } from "../../lib/keys/object-key.ts";
import { type ObjectStoreError, ObjectStoreUnavailableError } from "../../lib/objects/object-store.ts";
import { MemoryObjectStore } from "../../lib/objects/testing/memory-object-store.ts";
import { MemoryUploadStore } from "../../lib/objects/testing/memory-upload-store.ts";
import { MIN_PART_BYTES } from "../../lib/objects/upload-store.ts";
import type { Grant } from "../../lib/users/grants.ts";
import { type CopyDependencies, copyVerified } from "./file-copy.ts";
import { copyFile } from "./operations/copy-file.ts";
import { moveFile } from "./operations/move-file.ts";
import { apiEvent, createTestApi } from "./testing/api.ts";

let api: ReturnType<typeof createTestApi>;

beforeEach(async () => {
  api = createTestApi();
  await api.objects.put("a/from", Buffer.from("content"), "text/plain", { metadata: { author: "ada" } });
});

const send = async (route: "copy" | "move", body: object, grants?: readonly Grant[]) => {
  const response = await api.send(`POST /api/${route}`, { body: JSON.stringify(body), ...(grants && { grants }) });
  return { status: response.statusCode, body: JSON.parse(response.body ?? "") };
};
const textOf = (key: string, { objects } = api): string | undefined => {
  const object = objects.objects.get(key);
  return object && Buffer.from(object.body).toString();
};

describe.each(["copy", "move"] as const)("POST /api/%s", (route) => {
  it("keeps the content, the type and the metadata", async () => {
    expect(await send(route, { from: "a/from", to: "b/t o" })).toEqual({
      status: 200,
      body: { key: "b/t o", location: "https://files.example.com/b/t%20o" },
    });
    expect(textOf("b/t o")).toBe("content");
    expect(await api.objects.head("b/t o")).toMatchObject({
      contentType: "text/plain",
      userMetadata: { author: "ada" },
    });
    expect(textOf("a/from")).toBe(route === "copy" ? "content" : undefined);
  });

  it("replaces a file only on request", async () => {
    await api.objects.put("b/to", Buffer.from("other"), "a/b");
    const refused = await send(route, { from: "a/from", to: "b/to" });
    expect(refused).toMatchObject({ status: 409, body: { code: "FileExists" } });
    expect([textOf("a/from"), textOf("b/to")]).toEqual(["content", "other"]);
    expect(await send(route, { from: "a/from", to: "b/to", overwrite: true })).toMatchObject({ status: 200 });
    expect(textOf("b/to")).toBe("content");
  });

  it("does not replace a file that appears meanwhile", async () => {
    const { head } = api.objects;
    api.objects.head = async (key) => (key === "b/to" ? undefined : head.call(api.objects, key));
    await api.objects.put("b/to", Buffer.from("other"), "a/b");
    expect(await send(route, { from: "a/from", to: "b/to" })).toMatchObject({ status: 409 });
    expect([textOf("a/from"), textOf("b/to")]).toEqual(["content", "other"]);
  });

  it("does not copy a file that changes meanwhile", async () => {
    const { copy } = api.objects;
    api.objects.copy = async (...parameters) => {
      await api.objects.put("a/from", Buffer.from("changed"), "a/b");
      return copy.apply(api.objects, parameters);
    };
    expect(await send(route, { from: "a/from", to: "b/to" })).toMatchObject({
      status: 409,
      body: { code: "FileChanged" },
    });
    expect([textOf("a/from"), textOf("b/to")]).toEqual(["changed", undefined]);
  });

  it.each([
    [{ from: "a/from", to: "a/from", overwrite: true }, 400, "SameFile"],
    [{ from: "a/none", to: "b/to" }, 404, "FileNotFound"],
    [{ from: "a/../x", to: "b/to" }, 400, "InvalidKey"],
    [{ from: "a/from", to: "/b" }, 400, "InvalidKey"],
    [{ from: "a/from" }, 400, "InvalidBody"],
    [{ to: "b/to" }, 400, "InvalidBody"],
    [{ from: "a/from", to: "b/to", overwrite: "yes" }, 400, "InvalidBody"],
    [{ from: "a/from", to: "b/to", uploadId: "a/b" }, 400, "InvalidBody"],
  ])("rejects %j with %i %s", async (body, status, code) => {
    expect(await send(route, body)).toMatchObject({ status, body: { code } });
    expect([...api.objects.objects.keys()]).toEqual(["a/from"]);
  });

  it("requires the roles on both keys", async () => {
    const body = { from: "a/from", to: "b/to" };
    const onFrom = route === "copy" ? "reader" : "writer";
    const less = route === "copy" ? [] : [{ role: "reader", prefix: "a/" } as const];
    for (const grants of [
      [...less, { role: "writer", prefix: "b/" }],
      [{ role: onFrom, prefix: "a/" }],
      [
        { role: onFrom, prefix: "a/" },
        { role: "reader", prefix: "b/" },
      ],
    ] as const) {
      expect(await send(route, body, grants)).toMatchObject({ status: 403, body: { code: "Forbidden" } });
    }
    expect(api.calls.bucket).toBe(0);
    const enough = [
      { role: onFrom, prefix: "a/" },
      { role: "writer", prefix: "b/" },
    ] as const;
    expect(await send(route, body, enough)).toMatchObject({ status: 200 });
  });
});

it("does not delete a file that changed after it was copied", async () => {
  const remove = api.objects.delete;
  api.objects.delete = async (...parameters) => {
    await api.objects.put("a/from", Buffer.from("changed"), "a/b");
    return remove.apply(api.objects, parameters);
  };
  expect(await send("move", { from: "a/from", to: "b/to" })).toMatchObject({
    status: 409,
    body: { code: "FileChanged" },
  });
  expect([textOf("a/from"), textOf("b/to")]).toEqual(["changed", "content"]);
});

/** Small limits, so that a file of three parts needs 11 MB. */
const sizes = { single: MIN_PART_BYTES, part: MIN_PART_BYTES };
const large = new Uint8Array(2 * MIN_PART_BYTES + 1).fill(7);

const bucketWith = async (body: Uint8Array) => {
  const objects = new MemoryObjectStore();
  await objects.put("from", body, "text/plain", { metadata: { author: "ada" } });
  return { objects, uploads: new MemoryUploadStore(objects) };
};

describe("a large file", () => {
  const clock = (times: readonly number[]) => {
    const remaining = [...times];
    return { now: () => (remaining.length > 1 ? remaining.shift() : remaining[0]) ?? 0 };
  };
  const request = { from: "from", to: "to", overwrite: false };

  it("is copied in parts", async () => {
    const { objects, uploads } = await bucketWith(large);
    const outcome = await copyVerified({ objects, uploads, clock: clock([0]), sizes }, request);
    expect(outcome).toMatchObject({ source: { size: large.byteLength } });
    expect(await objects.head("to")).toMatchObject({
      size: large.byteLength,
      etag: expect.stringMatching(/-3"$/),
      contentType: "text/plain",
      userMetadata: { author: "ada" },
    });
    expect(Buffer.from(objects.objects.get("to")?.body ?? []).equals(Buffer.from(large))).toBe(true);
  });

  it("is continued by the next request when time runs out", async () => {
    const { objects, uploads } = await bucketWith(large);
    const first = await copyVerified({ objects, uploads, clock: clock([0, 0, 60_000]), sizes }, request);
    if (!("unfinished" in first)) throw new Error("The copy is finished.");
    expect(first.unfinished).toMatchObject({ statusCode: 202, headers: { "retry-after": "1" } });
    const progress = JSON.parse(first.unfinished.body ?? "");
    expect(progress).toEqual({ uploadId: "upload-1", copied: MIN_PART_BYTES, size: large.byteLength });
    expect(await objects.head("to")).toBeUndefined();

    const copied: number[] = [];
    const { copyPart } = uploads;
    uploads.copyPart = (...parameters) => {
      copied.push(parameters[2]);
      return copyPart.apply(uploads, parameters);
    };
    const { uploadId } = progress;
    const second = await copyVerified({ objects, uploads, clock: clock([0]), sizes }, { ...request, uploadId });
    expect(second).toMatchObject({ source: {} });
    expect(copied).toEqual([2, 3]);
    expect(objects.objects.get("to")?.body).toHaveLength(large.byteLength);
  });

  it("is continued after the bucket was busy", async () => {
    const { objects, uploads } = await bucketWith(large);
    const { copyPart } = uploads;
    uploads.copyPart = async (...parameters) => {
      if (parameters[2] === 2) throw new ObjectStoreUnavailableError("SlowDown");
      return copyPart.apply(uploads, parameters);
    };
    const outcome = await copyVerified({ objects, uploads, clock: clock([0]), sizes }, request);
    expect(outcome).toMatchObject({ unfinished: { statusCode: 202 } });
  });

  it("leaves no parts when it fails", async () => {
    const { objects, uploads } = await bucketWith(large);
    const { copyPart } = uploads;
    uploads.copyPart = async (...parameters) => {
      await objects.put("from", large.subarray(1), "a/b");
      return copyPart.apply(uploads, parameters);
    };
    await expect(copyVerified({ objects, uploads, clock: clock([0]), sizes }, request)).rejects.toThrow(
      expect.objectContaining({ status: 409, code: "FileChanged" }),
    );
    expect(uploads.uploads.size).toBe(0);
  });
});

/** The same store, whose call number `step` fails, before or after it has had its effect. */
function failingAt(store: CopyDependencies, step: number, effect: "before" | "after") {
  let calls = 0;
  const failure: ObjectStoreError = new ObjectStoreUnavailableError("cut off");
  const wrap = <T extends object>(target: T): T =>
    new Proxy(target, {
      get: (_, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== "function") return member;
        return async (...parameters: unknown[]) => {
          calls += 1;
          // Everything after the failure fails as well: the function was stopped.
          if (calls > step || (calls === step && effect === "before")) throw failure;
          const result = await member.apply(target, parameters);
          if (calls === step) throw failure;
          return result;
        };
      },
    });
  const dependencies = { ...store, objects: wrap(store.objects), uploads: wrap(store.uploads) };
  return { dependencies, callsOf: () => calls };
}

describe.each(["copy", "move"] as const)("a %s that is cut off", (route) => {
  const cases = ["before", "after"].flatMap((effect) => [
    { effect: effect as "before" | "after", name: "a small file", body: Buffer.from("content") },
    { effect: effect as "before" | "after", name: "a large file", body: Buffer.from(large) },
  ]);
  it.each(cases)("$effect any step loses nothing of $name, and can be repeated", async ({ effect, body }) => {
    const keys = ["from", "to"] as ObjectKey[];
    const principal = { user: "ada", grants: [], method: "key" } as const;
    const run = (dependencies: CopyDependencies) => {
      const request = { from: "from", to: "to", overwrite: true };
      const event = apiEvent(`POST /api/${route}`, { body: JSON.stringify(request) });
      return { copy: copyFile, move: moveFile }[route](dependencies)(readRequest(event), principal, ...keys);
    };
    let step = 0;
    for (let finished = false; !finished; ) {
      step += 1;
      const bucket = await bucketWith(body);
      await bucket.objects.put("to", Buffer.from("replaced"), "text/plain");
      const contentOf = (key: string): string | undefined => {
        const object = bucket.objects.objects.get(key);
        return object && (Buffer.from(object.body).equals(body) ? "file" : Buffer.from(object.body).toString());
      };
      const store = { ...bucket, clock: { now: () => 0 }, sizes };
      const { dependencies, callsOf } = failingAt(store, step, effect);
      const outcome = await Promise.allSettled([run(dependencies)]);
      finished = callsOf() < step;
      const [from, to] = keys.map(contentOf);
      // The file is complete under one of the keys, and the other file is there until it is replaced by all of it.
      const allowed = [["file", "replaced"], ["file", "file"], ...(route === "move" ? [[undefined, "file"]] : [])];
      expect(allowed, `step ${step}`).toContainEqual([from, to]);
      if (finished) expect(outcome).toMatchObject([{ value: { statusCode: 200 } }]);
      if (from !== undefined) expect(await run(store)).toMatchObject({ statusCode: 200 });
      expect(keys.map(contentOf)).toEqual([route === "move" ? undefined : "file", "file"]);
    }
    expect(step).toBeGreaterThan(route === "move" ? 4 : 3);
  });
});
