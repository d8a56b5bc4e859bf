import { existsSync, readFileSync } from "node:fs";
import { optionalText } from "../../../provider/attributes.ts";
import type { Attributes } from "../../../provider/resource-handler.ts";
import { AwsError } from "../../../runtime/error.ts";
import type { ReadObject } from "../../s3/object-reader.ts";

/** Reads the zip file of a function, from this machine or from a bucket. */
export async function readPackage(
  { filename, s3_bucket, s3_key, s3_object_version }: Attributes,
  readObject: ReadObject,
): Promise<Uint8Array> {
  if (typeof filename === "string") return readFile(filename);
  if (typeof s3_bucket === "string" && typeof s3_key === "string") {
    return readObject(s3_bucket, s3_key, optionalText(s3_object_version));
  }
  throw new AwsError("InvalidParameterValueException", "Provide the code as filename, or as s3_bucket and s3_key.");
}

function readFile(filename: string): Uint8Array {
  if (existsSync(filename)) return readFileSync(filename);
  throw new AwsError("InvalidParameterValueException", `The deployment package ${filename} does not exist.`);
}
