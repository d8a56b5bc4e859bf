import { randomBytes } from "node:crypto";

/**
 * A trace ID of X-Ray: version, seconds since the epoch, and 96 bits.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html
 *
 * @param digits the 96 bits in hexadecimal. Default: random.
 */
export function traceId(now: number, digits = randomBytes(12).toString("hex")): string {
  return `1-${Math.floor(now / 1000).toString(16)}-${digits}`;
}
