import { beforeEach, expect, it } from "vitest";
import { ApiError } from "../api/api-error.ts";
import type { EntryPage } from "../api/files-api.ts";
import type { FileEntry } from "../model/entries.ts";
import { nameOf } from "../model/keys.ts";
import { Listing } from "./listing.ts";

const file = (key: string): FileEntry => ({
  kind: "file",
  key,
  name: nameOf(key),
  size: 1,
  modified: "2026-01-01T00:00:00.000Z",
  type: "text/plain",
});
const pageOf = (keys: readonly string[], next?: string): EntryPage => ({ entries: keys.map(file), next });

let pages: Map<string, () => Promise<EntryPage>>;
let timers: (() => void)[];
let listing: Listing;
const keys = () => listing.state.value.entries.map(({ key }) => key);

beforeEach(() => {
  pages = new Map();
  timers = [];
  const read = (name: string) => (pages.get(name) ?? (async () => pageOf([])))();
  listing = new Listing({
    files: {
      list: (prefix, { field, descending }) => read(`${prefix} ${descending ? "-" : ""}${field}`),
      search: (text) => read(`? ${text}`),
      page: (address) => read(address),
    },
    now: () => 0,
    later: (action) => timers.push(action),
  });
});

it("lists a folder, page by page", async () => {
  pages.set("a/ name", async () => pageOf(["a/1", "a/2"], "second"));
  pages.set("second", async () => pageOf(["a/2", "a/3"]));
  await listing.open("a/", "");
  expect(keys()).toEqual(["a/1", "a/2", "a/3"]);
  expect(listing.state.value.hasMore).toBe(false);
});

it("reads further results of a search only when they come into view", async () => {
  pages.set("? x", async () => pageOf(["x1"], "second"));
  pages.set("second", async () => pageOf(["x2"]));
  await listing.open("", "x");
  expect(listing.state.value).toMatchObject({ status: "ready", hasMore: true });
  await listing.more();
  expect(keys()).toEqual(["x1", "x2"]);
});

it("reads the list again in another order", async () => {
  pages.set(" -size", async () => pageOf(["x"]));
  await listing.open("", "");
  await listing.sortBy("size");
  expect(keys()).toEqual(["x"]);
});

it("shows the results of a search in the order of the server", async () => {
  pages.set("? b", async () => pageOf(["z/b", "a/b"]));
  await listing.open("", "b");
  expect(keys()).toEqual(["z/b", "a/b"]);
  listing.change({ kind: "removed", key: "z/b", at: 0 });
  expect(keys()).toEqual(["a/b"]);
});

it("keeps the entries while it loads, and explains a failure", async () => {
  pages.set(" name", async () => pageOf(["x"]));
  await listing.open("", "");
  pages.set("a/ name", () => Promise.reject(new ApiError("Try again.", { status: 503 })));
  const opened = listing.open("a/", "");
  expect(listing.state.value.status).toBe("loading");
  expect(keys()).toEqual(["x"]);
  await opened;
  expect(listing.state.value).toMatchObject({ status: "error", error: "Try again." });
});

it("ignores the response for a folder that was left", async () => {
  const slow = Promise.withResolvers<EntryPage>();
  pages.set("slow/ name", () => slow.promise);
  pages.set("a/ name", async () => pageOf(["a/1"]));
  const first = listing.open("slow/", "");
  await listing.open("a/", "");
  slow.resolve(pageOf(["slow/1"]));
  await first;
  expect(keys()).toEqual(["a/1"]);
});

it("shows changes at once, and reads the list until it has them", async () => {
  pages.set(" name", async () => pageOf(["x"]));
  await listing.open("", "");
  listing.change({ kind: "added", file: file("y"), at: 0 }, { kind: "removed", key: "x", at: 0 });
  expect(keys()).toEqual(["y"]);
  await runTimer();
  expect(keys()).toEqual(["y"]);
  pages.set(" name", async () => pageOf(["y"]));
  await runTimer();
  expect(keys()).toEqual(["y"]);
  expect(timers).toEqual([]);
});

async function runTimer(): Promise<void> {
  timers.shift()?.();
  await new Promise((resolve) => setTimeout(resolve, 0));
}
