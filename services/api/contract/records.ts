import * as v from "valibot";
import type { FileRecord } from "../file-record.ts";

/** The response schema of {@link FileRecord}. */
export const fileRecord = v.pipe(
  v.strictObject({
    filename: v.string(),
    prefix_path: v.string(),
    s3_bucket: v.string(),
    url: v.string(),
    date_added: v.pipe(v.string(), v.isoTimestamp()),
    size: v.pipe(v.number(), v.integer(), v.minValue(0)),
    etag: v.string(),
    content_type: v.string(),
  }) satisfies v.GenericSchema<unknown, FileRecord>,
  v.title("FileRecord"),
);

export const exampleRecord: FileRecord = {
  filename: "anotherfile",
  prefix_path: "anotherfile",
  s3_bucket: "nv-demo-storage",
  url: "https://files.example.com/anotherfile",
  date_added: "2022-05-01T12:11:48.443Z",
  size: 20,
  etag: "2e87284d245c2aae1c74fa4c50a74c77",
  content_type: "application/octet-stream",
};

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A folder without counts, with counts, or with more files than are counted. */
export const folderPage = v.strictObject({
  folders: v.array(
    v.strictObject({
      prefix: v.string(),
      files: v.optional(count),
      size: v.optional(count),
      more_than: v.optional(count),
    }),
  ),
  files: v.array(fileRecord),
});

export const versionRecord = v.pipe(
  v.strictObject({
    version: v.string(),
    date: v.pipe(v.string(), v.isoTimestamp()),
    size: count,
    etag: v.nullable(v.string()),
    latest: v.boolean(),
    deleted: v.boolean(),
  }),
  v.title("FileVersion"),
);
