import * as v from "valibot";
import { type Contract, mergeErrors, type ParameterContracts, parametersOf } from "../../../lib/openapi/contract.ts";
import { completeUploadBody } from "../operations/complete-upload.ts";
import { presignPartsQuery } from "../operations/presign-part.ts";
import { startUploadBody } from "../operations/start-upload.ts";
import { partNumber, uploadIdSchema } from "../upload-parameters.ts";
import { bucketErrors, cacheControl, conditionErrors, keyErrors, keySchema, writeConditions } from "./parameters.ts";

const tag = "Uploads in parts";
const path: ParameterContracts = { uploadId: { description: "The ID of the upload.", schema: uploadIdSchema } };
const query: ParameterContracts = {
  key: { description: "The key of the file.", schema: keySchema, required: true, example: "anotherfile" },
};
const seconds = v.pipe(v.number(), v.integer());
const errors = mergeErrors(keyErrors, bucketErrors, { 400: ["InvalidParameter"], 404: ["UploadNotFound"] });

export const startUpload: Contract = {
  summary: "Start an upload in parts",
  description:
    "Starts an upload of up to 5 TiB. The key is the first of `metadata.relativePath`, `metadata.name` and `filename` " +
    "that is not empty.",
  tag,
  body: {
    description: "The key, the type and the metadata of the file.",
    schema: startUploadBody,
    example: { filename: "anotherfile", type: "text/plain" },
  },
  responses: {
    200: {
      description: "The upload.",
      schema: v.strictObject({ key: v.string(), uploadId: v.string() }),
      headers: cacheControl,
    },
  },
  errors: mergeErrors(keyErrors, bucketErrors, {
    400: ["InvalidBody", "InvalidContentType", "InvalidMetadata", "MetadataTooLarge"],
  }),
};

export const listParts: Contract = {
  summary: "List the parts of an upload",
  tag,
  path,
  query,
  responses: {
    200: {
      description: "The parts that have been uploaded.",
      schema: v.array(
        v.strictObject({
          PartNumber: v.pipe(v.number(), v.integer()),
          ETag: v.string(),
          Size: v.pipe(v.number(), v.integer()),
          LastModified: v.optional(v.pipe(v.string(), v.isoTimestamp())),
        }),
      ),
      headers: cacheControl,
    },
  },
  errors,
};

export const presignPart: Contract = {
  summary: "Get a URL for uploading a part",
  tag,
  path: { ...path, partNumber: { description: "The number of the part.", schema: partNumber, example: 1 } },
  query,
  responses: {
    200: {
      description: "A URL for a PUT request without credentials.",
      schema: v.strictObject({ url: v.string(), expires: seconds }),
      headers: cacheControl,
    },
  },
  errors: mergeErrors(errors, { 400: ["InvalidPartNumber"] }),
};

export const presignParts: Contract = {
  summary: "Get URLs for uploading several parts",
  tag,
  path,
  query: {
    ...query,
    ...parametersOf(presignPartsQuery, { partNumbers: "The numbers of up to 1,000 parts, separated by commas." }),
  },
  responses: {
    200: {
      description: "The URLs by part number.",
      schema: v.strictObject({ presignedUrls: v.record(v.string(), v.string()) }),
      headers: cacheControl,
    },
  },
  errors,
};

export const completeUpload: Contract = {
  summary: "Complete an upload in parts",
  description: "Makes a file of all parts. It can be repeated while the file is the one of this upload.",
  tag,
  path,
  query,
  headers: writeConditions,
  body: {
    description: "The parts in the order of their numbers.",
    schema: completeUploadBody,
    example: { parts: [{ PartNumber: 1, ETag: '"2e87284d245c2aae1c74fa4c50a74c77"' }] },
  },
  responses: {
    200: {
      description: "The file.",
      schema: v.strictObject({ location: v.string(), key: v.string() }),
      example: { location: "https://files.example.com/anotherfile", key: "anotherfile" },
    },
  },
  errors: mergeErrors(errors, conditionErrors, {
    400: ["InvalidBody", "InvalidPart", "InvalidPartOrder", "MissingPart", "PartTooSmall", "FileTooLarge"],
  }),
};

export const abortUpload: Contract = {
  summary: "End an upload in parts",
  description: "Deletes the parts that have been uploaded.",
  tag,
  path,
  query,
  responses: { 200: { description: "The upload has ended.", schema: v.strictObject({}), example: {} } },
  errors,
};
