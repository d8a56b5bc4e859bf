import { expect, it } from "vitest";
import { tableChanges } from "./table-changes.ts";

const TABLE = { name: "users", billing_mode: "PAY_PER_REQUEST", hash_key: "name" };

it("rejects a change of the key", () => {
  expect(() => tableChanges({ ...TABLE, hash_key: "id" }, TABLE)).toThrow("in place");
});

it("disables a stream before it changes the view type", () => {
  const stream = (stream_view_type: string) => ({ ...TABLE, stream_enabled: true, stream_view_type });
  expect(tableChanges(stream("KEYS_ONLY"), stream("NEW_IMAGE"))).toEqual([
    { StreamSpecification: { StreamEnabled: false } },
    { StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" } },
  ]);
});

it("returns no changes for the same table", () => {
  expect(tableChanges({ ...TABLE, table_class: null }, TABLE)).toEqual([]);
});
