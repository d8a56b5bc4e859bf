import { createHash } from "node:crypto";
import { isIPv6 } from "node:net";
import type { SignInCounter } from "./user-store.ts";

/** Seconds of a window, which begins with its first failure. */
export const FAILURE_WINDOW_SECONDS = 300;

/** Failed sign-ins of one user from one address in a window. The same user elsewhere is not affected. */
export const MAX_FAILURES_OF_USER = 10;

/**
 * Failed sign-ins from one address in a window, whatever the user: it stops guessing one password for many users. It
 * does not apply to users who have signed in from the address before, so that nobody locks out colleagues who share it.
 */
export const MAX_FAILURES_OF_ADDRESS = 300;

/** Seconds for which a successful sign-in from an address is remembered. */
export const REMEMBERED_SECONDS = 30 * 24 * 60 * 60;

/** Limits the failed sign-ins per user and address, and per address. */
export class SignInLimit {
  readonly #counter: SignInCounter;

  constructor(counter: SignInCounter) {
    this.#counter = counter;
  }

  /** Whether the user may still try to sign in from the address. */
  async allows(user: string, address: string): Promise<boolean> {
    const subjects = subjectsOf(user, address);
    const [ofUser, ofAddress] = await Promise.all([
      this.#counter.count(subjects.user),
      this.#counter.count(subjects.address),
    ]);
    if (ofUser >= MAX_FAILURES_OF_USER) return false;
    return ofAddress < MAX_FAILURES_OF_ADDRESS || (await this.#isRemembered(subjects));
  }

  /**
   * Counts a failure.
   *
   * @returns whether it is within the limits; concurrent attempts can exceed them after {@link allows}
   */
  async countFailure(user: string, address: string): Promise<boolean> {
    const subjects = subjectsOf(user, address);
    const [ofUser, ofAddress] = await Promise.all([
      this.#counter.add(subjects.user, FAILURE_WINDOW_SECONDS),
      this.#counter.add(subjects.address, FAILURE_WINDOW_SECONDS),
    ]);
    if (ofUser > MAX_FAILURES_OF_USER) return false;
    return ofAddress <= MAX_FAILURES_OF_ADDRESS || (await this.#isRemembered(subjects));
  }

  /** Remembers that the user has signed in from the address. */
  async rememberSuccess(user: string, address: string): Promise<void> {
    const { success } = subjectsOf(user, address);
    if ((await this.#counter.count(success)) === 0) await this.#counter.add(success, REMEMBERED_SECONDS);
  }

  async #isRemembered({ success }: Subjects): Promise<boolean> {
    return (await this.#counter.count(success)) > 0;
  }
}

/** The counters of a user at an address. */
interface Subjects {
  readonly user: string;
  readonly address: string;
  readonly success: string;
}

function subjectsOf(user: string, address: string): Subjects {
  const network = networkOf(address);
  return {
    user: digest("user", user, network),
    address: digest("address", network),
    success: digest("success", user, network),
  };
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
