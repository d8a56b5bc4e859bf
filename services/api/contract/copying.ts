import * as v from "valibot";
import { type Contract, mergeErrors } from "../../../lib/openapi/contract.ts";
import { copyBody } from "../file-copy.ts";
import { restoreBody } from "../operations/restore-file.ts";
import { bucketErrors, cacheControl, conditionErrors, keyErrors } from "./parameters.ts";

const bytes = v.pipe(v.number(), v.integer(), v.minValue(0));

const responses: Contract["responses"] = {
  200: {
    description: "The file has the key.",
    schema: v.strictObject({ key: v.string(), location: v.string() }),
    example: { key: "copy", location: "https://files.example.com/copy" },
  },
  202: {
    description: "The copy takes longer than a request. The same request with this `uploadId` continues it.",
    schema: v.strictObject({ uploadId: v.string(), copied: bytes, size: bytes }),
    headers: { ...cacheControl, "Retry-After": "Seconds to wait." },
  },
};

const copyErrors = mergeErrors(keyErrors, bucketErrors, conditionErrors, {
  400: ["InvalidBody", "InvalidPart", "InvalidPartOrder", "PartTooSmall", "FileTooLarge"],
  404: ["FileNotFound", "UploadNotFound"],
  409: ["FileChanged"],
});
/** What copying and moving have in common. */
const toAnotherKey = {
  tag: "Files",
  body: {
    description: "The keys, and whether a file is replaced.",
    schema: copyBody,
    example: { from: "anotherfile", to: "copy" },
  },
  responses,
  errors: mergeErrors(copyErrors, { 400: ["SameFile"], 409: ["FileExists"] }),
} satisfies Partial<Contract>;

export const copyFile: Contract = {
  ...toAnotherKey,
  summary: "Copy a file",
  description: "Copies a file with its type and metadata, inside the bucket.",
};

export const moveFile: Contract = {
  ...toAnotherKey,
  summary: "Move a file",
  description: "Copies a file, verifies the copy, and deletes the state of the file that was copied.",
};

export const restoreFile: Contract = {
  summary: "Restore a version of a file",
  description: "Makes an older version of a file the newest one, also after the file was deleted.",
  tag: "Files",
  body: {
    description: "The key and the version.",
    schema: restoreBody,
    example: { key: "anotherfile", version: "3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY" },
  },
  responses,
  errors: mergeErrors(copyErrors, { 404: ["VersionNotFound"] }),
};
