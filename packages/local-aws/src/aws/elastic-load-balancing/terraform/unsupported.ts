import { AwsError } from "../../../runtime/error.ts";

/** The error for an argument that the local AWS does not implement. Such arguments are never ignored. */
export function unsupported(feature: string): AwsError {
  return new AwsError("UnsupportedOperation", `The local AWS does not support ${feature}.`);
}
