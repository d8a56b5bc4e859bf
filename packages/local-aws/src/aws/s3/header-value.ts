import { invalidArgument } from "./errors.ts";

/**
 * What comes into an answer's headers by another way than a request's headers (a query, Terraform) must be able to stand there.
 *
 * @throws AwsError `InvalidArgument`.
 */
export function checkHeaderValue(name: string, value: string): void {
  if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
    throw invalidArgument("Header value cannot be represented using ISO-8859-1.", name, value);
  }
}
