import * as v from "valibot";
import { MAX_KEY_BYTES } from "../../../lib/keys/object-key.ts";
import type { Contract, ParameterContract, ParameterContracts } from "../../../lib/openapi/contract.ts";

/** `parseObjectKey` validates keys. */
export const keySchema = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_KEY_BYTES));

export const keyInPath: ParameterContracts = {
  key: {
    description: "The key of the file. It may contain slashes, which need not be percent-encoded.",
    schema: keySchema,
    example: "anotherfile",
  },
};

export const nameInPath: ParameterContracts = {
  key: {
    description:
      "The key of the file, or the last part of its key if it is the only such file. It may contain slashes, which " +
      "need not be percent-encoded.",
    schema: keySchema,
    example: "anotherfile",
  },
};

const text = (description: string, example?: string): ParameterContract => ({
  description,
  schema: v.string(),
  ...(example !== undefined && { example }),
});

/** A parameter without a value, such as `?download`. */
export const flag = (description: string): ParameterContract => ({ description, schema: v.string(), example: "" });

export const cursor = text("The position after the previous page, from its `Link` header.");

export const writeConditions: ParameterContracts = {
  "If-Match": text("Fails with 412 unless the file has one of these entity tags; `*` requires a file."),
  "If-None-Match": text("Fails with 412 when the file has one of these entity tags, or with `*` when there is a file."),
  "If-Unmodified-Since": text("Fails with 412 if the file was changed after this time."),
};

export const readConditions: ParameterContracts = {
  "If-Match": text("Fails with 412 unless the file has one of these entity tags."),
  "If-None-Match": text("Responds with 304 when the file has one of these entity tags."),
  "If-Modified-Since": text("Responds with 304 unless the file was changed after this time."),
  "If-Unmodified-Since": text("Fails with 412 if the file was changed after this time."),
};

export const ranges: ParameterContracts = {
  Range: text("A single range of bytes.", "bytes=0-99"),
  "If-Range": text("Responds with the whole file unless it has this entity tag or time of its last change."),
};

/** The errors of the bucket, which any operation that uses it can have. */
export const bucketErrors: Contract["errors"] = { 502: ["ObjectStoreRefused"], 503: ["ObjectStoreUnavailable"] };
export const databaseErrors: Contract["errors"] = { 503: ["DatabaseUnavailable"] };
export const keyErrors: Contract["errors"] = { 400: ["InvalidKey"] };
export const conditionErrors: Contract["errors"] = { 412: ["PreconditionFailed"] };

export const cacheControl = { "Cache-Control": "Whether the response may be cached." };
