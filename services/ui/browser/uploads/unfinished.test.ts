import { expect, it } from "vitest";
import { UnfinishedUploads } from "./unfinished.ts";

const DAY = 24 * 3_600_000;
const upload = { key: "a/film.mp4", uploadId: "id", size: 9, lastModified: 5 };

function open() {
  const items = new Map<string, string>();
  const storage = {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
  };
  let now = 0;
  const of = (user: string) =>
    new UnfinishedUploads(
      storage,
      () => user,
      () => now,
    );
  return { of, items, setNow: (time: number) => (now = time) };
}

it("finds the upload of the same file to the same key, for the same user", () => {
  const { of } = open();
  of("ann").add(upload);
  expect(of("ann").find("a/film.mp4", { size: 9, lastModified: 5 })).toMatchObject(upload);
  expect(of("ann").find("a/film.mp4", { size: 9, lastModified: 6 })).toBeUndefined();
  expect(of("ann").find("b/film.mp4", upload)).toBeUndefined();
  expect(of("bob").list()).toEqual([]);
});

it("forgets an upload that has ended, and after a week", () => {
  const { of, setNow } = open();
  of("ann").add(upload);
  of("bob").add({ ...upload, uploadId: "other" });
  of("ann").remove("a/film.mp4");
  expect(of("ann").list()).toEqual([]);
  expect(of("bob").list()).toHaveLength(1);
  setNow(7 * DAY);
  expect(of("bob").list()).toEqual([]);
});

it("ignores a storage that is damaged", () => {
  const { of, items } = open();
  items.set("files-unfinished-uploads", "{");
  expect(of("ann").list()).toEqual([]);
});
