import { expect, it } from "vitest";
import { itemOf, summarize, type UploadItem } from "./upload-state.ts";
import type { Upload } from "./uploader.ts";

const upload = (changes: Record<string, unknown>, progress: Record<string, unknown> = {}): Upload =>
  ({ id: "1", meta: { key: "a/b.txt" }, size: 10, progress, ...changes }) as unknown as Upload;

it.each([
  [upload({}), "waiting"],
  [upload({}, { uploadStarted: 1, bytesUploaded: 0 }), "waiting"],
  [upload({}, { uploadStarted: 1, bytesUploaded: 5 }), "uploading"],
  [upload({ isPaused: true }, { uploadStarted: 1, bytesUploaded: 5 }), "paused"],
  [upload({}, { uploadStarted: 1, uploadComplete: true }), "done"],
  [upload({ error: "No." }), "failed"],
])("shows an upload by its state (%#)", (file, status) => {
  expect(itemOf(file)).toMatchObject({ name: "b.txt", status });
});

it("sums up the uploads by size", () => {
  const item = (changes: Partial<UploadItem>): UploadItem => ({ ...itemOf(upload({})), ...changes });
  const items = [
    item({ status: "done", size: 99 }),
    item({ status: "uploading", size: 99, sent: 50 }),
    item({ status: "failed" }),
  ];
  expect(summarize(items)).toEqual({ done: 1, failed: 1, left: 1, total: 3, percent: 71 });
  expect(summarize([])).toMatchObject({ total: 0, percent: 0 });
});
