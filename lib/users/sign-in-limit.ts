import { createHash } from "node:crypto";
import { isIPv6 } from "node:net";
import type { FailureCounter } from "./user-store.ts";

/** Seconds of a window, which begins with its first failure. */
export const FAILURE_WINDOW_SECONDS = 300;

/** Failed sign-ins of one user from one address in a window. The same user elsewhere is not affected. */
export const MAX_FAILURES_OF_USER = 10;

/**
 * Failed sign-ins from one address in a window, whatever the user: it stops guessing one password for many users. It is
 * high enough that a few colleagues who share an address and mistype do not lock out the others.
 */
export const MAX_FAILURES_OF_ADDRESS = 300;

/** Limits the failed sign-ins per user and address, and per address. */
export class SignInLimit {
  readonly #counter: FailureCounter;

  constructor(counter: FailureCounter) {
    this.#counter = counter;
  }

  /** Whether the user may still try to sign in from the address. */
  async allows(user: string, address: string): Promise<boolean> {
    const limits = limitsOf(user, address);
    const counts = await Promise.all(limits.map(({ subject }) => this.#counter.count(subject)));
    return limits.every(({ maximum }, index) => (counts[index] ?? 0) < maximum);
  }

  /**
   * Counts a failure.
   *
   * @returns whether it is within the limits; concurrent attempts can exceed them after {@link allows}
   */
  async countFailure(user: string, address: string): Promise<boolean> {
    const limits = limitsOf(user, address);
    const counts = await Promise.all(limits.map(({ subject }) => this.#counter.add(subject)));
    return limits.every(({ maximum }, index) => (counts[index] ?? 0) <= maximum);
  }
}

interface Limit {
  readonly subject: string;
  readonly maximum: number;
}

function limitsOf(user: string, address: string): readonly Limit[] {
  const network = networkOf(address);
  return [
    { subject: digest("user", user, network), maximum: MAX_FAILURES_OF_USER },
    { subject: digest("address", network), maximum: MAX_FAILURES_OF_ADDRESS },
  ];
}

/** Hashed, because people type passwords in the place of names, and because an address is personal data. */
const digest = (...parts: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("base64url");

/** The address itself, or for IPv6 the network of 64 bits that a provider assigns to one customer. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.toLowerCase().split("%")[0]?.split("::") ?? [];
  const groups = head.split(":").filter(Boolean);
  const missing = tail === undefined ? 0 : Math.max(0, 8 - groups.length - tail.split(":").filter(Boolean).length);
  const full = [...groups, ...Array<string>(missing).fill("0"), ...(tail?.split(":").filter(Boolean) ?? [])];
  return full
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}
