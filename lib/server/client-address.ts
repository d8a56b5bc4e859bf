import { isIP } from "node:net";

/** The prefix of an IPv4-mapped IPv6 address, as a dual-stack socket reports an IPv4 peer. */
const IPV4_MAPPED = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i;

/**
 * The address of the client: the last entry of `X-Forwarded-For`, which the load balancer appends. The entries before
 * it can be set by the client
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html). Without a valid
 * header, it is the peer's address.
 *
 * @param forwardedFor the header; repeated headers joined by commas
 * @param peer remote address of the connection
 */
export function clientAddress(forwardedFor: string | undefined, peer: string): string {
  const last = forwardedFor?.split(",").at(-1)?.trim() ?? "";
  const address = last.replace(IPV4_MAPPED, "");
  return isIP(address) ? address : peer.replace(IPV4_MAPPED, "");
}
