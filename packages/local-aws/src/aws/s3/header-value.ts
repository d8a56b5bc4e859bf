import { invalidArgument } from "./errors.ts";

/**
 * Checks a value from a query or from Terraform that becomes a response header.
 *
 * @throws AwsError `InvalidArgument` when it contains characters that are not allowed in a header.
 */
export function checkHeaderValue(name: string, value: string): void {
  if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
    throw invalidArgument("Header value cannot be represented using ISO-8859-1.", name, value);
  }
}
