import { isIP } from "node:net";

/** IPv4 in IPv6's clothes, as a socket that takes both shows it. */
const MAPPED = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i;

/**
 * The address of the client, by the last entry of `X-Forwarded-For`: the load balancer appends the address that it sees itself, and every
 * entry before it was the client's to write (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html).
 * A request that did not come through the load balancer has its own address.
 *
 * @param forwardedFor the header; several of one name joined by commas
 * @param peer of the connection
 */
export function clientAddress(forwardedFor: string | undefined, peer: string): string {
  const last = forwardedFor?.split(",").at(-1)?.trim() ?? "";
  const address = last.replace(MAPPED, "");
  return isIP(address) ? address : peer.replace(MAPPED, "");
}
