import { beforeEach, describe, expect, it } from "vitest";
import { ObjectStoreError, ObjectStoreUnavailableError } from "../../../lib/objects/object-store.ts";
import type { Grant } from "../../../lib/users/grants.ts";
import { bodyOf, createTestApi } from "../testing/api.ts";

let api: ReturnType<typeof createTestApi>;

beforeEach(() => {
  api = createTestApi();
});

describe("POST /api/delete", () => {
  const remove = async (keys: unknown, grants?: readonly Grant[]) =>
    bodyOf(await api.send("POST /api/delete", { body: JSON.stringify({ keys }), ...(grants && { grants }) }));

  it("answers each key by itself", async () => {
    for (const key of ["team/a", "team/b", "other/c"]) await api.upload(key, "1");
    api.objects.refusedDeletions.set("team/b", new ObjectStoreUnavailableError("SlowDown"));
    const grants = [{ role: "writer", prefix: "team/" }] as const;
    expect(await remove(["team/a", "team/b", "other/c", "team/none", "team/../c", "team/a"], grants)).toEqual({
      results: [
        { key: "team/a", status: 204 },
        { key: "team/b", status: 503, code: "ObjectStoreUnavailable" },
        { key: "other/c", status: 403, code: "Forbidden" },
        { key: "team/none", status: 204 },
        { key: "team/../c", status: 400, code: "InvalidKey" },
        { key: "team/a", status: 204 },
      ],
    });
    expect([...api.objects.objects.keys()]).toEqual(["team/b", "other/c"]);
  });

  it("answers with the error of the bucket for the keys that were sent to it", async () => {
    api.objects.failure = new ObjectStoreError("AccessDenied");
    expect(await remove(["a", "/b"])).toEqual({
      results: [
        { key: "a", status: 502, code: "ObjectStoreRefused" },
        { key: "/b", status: 400, code: "InvalidKey" },
      ],
    });
  });

  it("accepts 1 to 1,000 keys", async () => {
    const keys = Array.from({ length: 1_001 }, (_, index) => `${index}`);
    expect(await remove(keys.slice(1))).toMatchObject({ results: { length: 1_000 } });
    for (const refused of [keys, [], [1], "a", undefined]) {
      expect(await remove(refused)).toMatchObject({ status: 400, code: "InvalidBody" });
    }
  });
});
