import { AwsError } from "../../../runtime/error.ts";

/** The error for invalid arguments, and for those that the local AWS does not support. */
export function badRequest(message: string): AwsError {
  return new AwsError("BadRequestException", message);
}
