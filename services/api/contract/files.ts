import * as v from "valibot";
import { type Contract, mergeErrors, parametersOf, type ResponseContract } from "../../../lib/openapi/contract.ts";
import { expiryQuery } from "../expiry.ts";
import { versionsQuery } from "../list-versions.ts";
import { mediaType } from "../media-type.ts";
import { deleteFilesBody } from "../operations/delete-files.ts";
import { presignUploadQuery } from "../operations/presign-upload.ts";
import {
  bucketErrors,
  cacheControl,
  conditionErrors,
  databaseErrors,
  flag,
  keyErrors,
  keyInPath,
  nameInPath,
  ranges,
  readConditions,
  writeConditions,
} from "./parameters.ts";
import { versionRecord } from "./records.ts";

const lookupErrors = mergeErrors(
  keyErrors,
  { 404: ["FileNotFound"], 409: ["AmbiguousName"] },
  bucketErrors,
  databaseErrors,
);

const fileHeaders = {
  ...cacheControl,
  "Content-Disposition": "The name of the file, and whether a browser displays it.",
  ETag: "The entity tag of the stored bytes.",
  "Last-Modified": "When the file was stored.",
};

const storesFile = flag("Makes a browser store the file in place of displaying it.");

export const downloadFile: Contract = {
  summary: "Download a file",
  description: "Returns the stored bytes. `versions` returns the list of the versions in place of the file.",
  tag: "Files",
  operationIds: {
    "GET /{key+}": "downloadFileAtRoot",
    "HEAD /{key+}": "describeFileAtRoot",
    "GET /api/files/{key+}": "downloadFile",
    "HEAD /api/files/{key+}": "describeFile",
  },
  path: nameInPath,
  query: {
    download: storesFile,
    version: { description: "An older version of the file with this whole key.", schema: v.string() },
    versions: flag("Lists the versions of the file with this whole key, newest first."),
    ...parametersOf(versionsQuery, {
      limit: "The maximum number of versions in a list.",
      cursor: "The position after the previous page of versions, from its `Link` header.",
    }),
  },
  headers: { ...readConditions, ...ranges },
  responses: {
    200: {
      description: "The file with its own type, or a page of its versions as JSON.",
      schema: v.array(versionRecord),
      orBytes: true,
      headers: { ...fileHeaders, Link: "The next page of versions, if there is one (RFC 8288)." },
    },
    206: {
      description: "The requested range of the file.",
      schema: "bytes",
      headers: { ...fileHeaders, "Content-Range": "The range and the size of the file." },
    },
    304: { description: "The file has not changed.", headers: fileHeaders },
    307: {
      description: "The file is too large for a response; it is at this address for five minutes.",
      headers: { ...cacheControl, Location: "The presigned URL of the file." },
    },
  },
  errors: mergeErrors(lookupErrors, conditionErrors, {
    400: ["InvalidParameter"],
    404: ["VersionNotFound"],
    409: ["FileChanged"],
    416: ["RangeNotSatisfiable"],
  }),
};

export const uploadFile: Contract = {
  summary: "Upload a file",
  description: "Stores the body. The record appears in lists a moment later. Headers `x-meta-*` are kept as metadata.",
  tag: "Files",
  path: keyInPath,
  headers: {
    ...writeConditions,
    "Content-MD5": { description: "The MD5 of the body in base64.", schema: v.string() },
    "x-amz-checksum-sha256": { description: "The SHA-256 of the body in base64.", schema: v.string() },
    "Repr-Digest": { description: "Digests of the body (RFC 9530).", schema: v.string() },
  },
  body: { description: "The bytes of the file, with its media type.", schema: "bytes", optional: true },
  responses: {
    200: { description: "The file is stored.", schema: v.literal("File uploaded"), example: "File uploaded" },
  },
  errors: mergeErrors(keyErrors, conditionErrors, bucketErrors, {
    400: ["InvalidContentType", "InvalidMetadata", "MetadataTooLarge", "BadDigest", "InvalidDigest", "PartialUpload"],
    413: ["FileTooLarge"],
    415: ["UnsupportedContentEncoding"],
  }),
};

export const deleteFile: Contract = {
  summary: "Delete a file",
  description: "Succeeds also when there is no such file, unless `If-Match` requires it.",
  tag: "Files",
  path: keyInPath,
  headers: writeConditions,
  responses: { 204: { description: "There is no such file any more." } },
  errors: mergeErrors(keyErrors, bucketErrors, conditionErrors),
};

export const deleteFiles: Contract = {
  summary: "Delete many files",
  description: "Each file has a result of its own, with the status and the code that its deletion alone would have.",
  tag: "Files",
  body: { description: "The keys of the files.", schema: deleteFilesBody, example: { keys: ["anotherfile"] } },
  responses: {
    200: {
      description: "The results in the order of the keys.",
      schema: v.strictObject({
        results: v.array(
          v.strictObject({
            key: v.string(),
            status: v.pipe(v.number(), v.integer()),
            code: v.optional(v.string()),
          }),
        ),
      }),
      headers: cacheControl,
      example: { results: [{ key: "anotherfile", status: 204 }] },
    },
  },
  errors: { 400: ["InvalidBody"] },
};

const expires = "Seconds that the URL is valid.";

const signedHeaders = v.record(v.string(), v.string());
const presigned = (method: "GET" | "PUT", more: v.ObjectEntries = {}): ResponseContract => ({
  description: `A URL for a ${method} request without credentials.`,
  schema: v.strictObject({
    url: v.string(),
    method: v.literal(method),
    ...more,
    expires_in: v.pipe(v.number(), v.integer()),
  }),
  headers: cacheControl,
});

export const presignUpload: Contract = {
  summary: "Get a URL for uploading a file",
  description: "The file can have up to 5 GB. With `size`, `type` or `sha256`, S3 rejects every other body.",
  tag: "Files",
  path: keyInPath,
  query: parametersOf(presignUploadQuery, {
    expires,
    size: "The exact size of the file in bytes.",
    type: "The media type of the file.",
    sha256: "The SHA-256 of the file, in base64 or hexadecimal.",
  }),
  responses: { 200: presigned("PUT", { headers: signedHeaders }) },
  errors: mergeErrors(keyErrors, bucketErrors, { 400: ["InvalidParameter"] }),
};

export const presignDownload: Contract = {
  summary: "Get a URL for downloading a file",
  tag: "Files",
  path: nameInPath,
  query: { ...parametersOf(expiryQuery, { expires }), download: storesFile },
  responses: { 200: presigned("GET") },
  errors: mergeErrors(lookupErrors, { 400: ["InvalidParameter"] }),
};

export const presignFileUpload: Contract = {
  summary: "Get a request for uploading a file with Uppy",
  description: "The headers are signed: S3 rejects the request without them.",
  tag: "Uploads in parts",
  query: {
    filename: { description: "The key of the file.", schema: v.string(), example: "anotherfile" },
    type: {
      description: "The media type; empty for an unknown one.",
      schema: v.union([v.literal(""), v.pipe(v.string(), v.regex(mediaType))]),
    },
    "metadata[relativePath]": { description: "The key of the file, in place of `filename`.", schema: v.string() },
    "metadata[name]": { description: "The key of the file, in place of `filename`.", schema: v.string() },
  },
  responses: {
    200: {
      description: "The request that uploads the file.",
      schema: v.strictObject({
        method: v.literal("PUT"),
        url: v.string(),
        fields: v.strictObject({ key: v.string() }),
        headers: signedHeaders,
        expires: v.pipe(v.number(), v.integer()),
      }),
      headers: cacheControl,
    },
  },
  errors: mergeErrors(keyErrors, bucketErrors, {
    400: ["InvalidParameter", "InvalidContentType", "InvalidMetadata", "MetadataTooLarge"],
  }),
};
