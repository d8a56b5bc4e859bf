import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

/** The cost of a hash: memory in KiB, the number of passes over it, and the number of lanes. */
interface Cost {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

interface Hash extends Cost {
  readonly salt: Buffer;
  readonly tag: Buffer;
}

/**
 * The first choice of OWASP for Argon2id with 19 MiB of memory:
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id
 */
export const CURRENT_COST: Cost = { memory: 19_456, passes: 2, parallelism: 1 };

/** Bytes, as RFC 9106 recommends. */
const SALT_BYTES = 16;
const TAG_BYTES = 32;

const derive = promisify(argon2) as (algorithm: "argon2id", parameters: Argon2Parameters) => Promise<Buffer>;

/** Hashes a password with Argon2id and a random salt, as a PHC string: `$argon2id$v=19$m=19456,t=2,p=1$…$…`. */
export async function hashPassword(password: string, cost: Cost = CURRENT_COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const tag = await compute(password, { ...cost, salt }, TAG_BYTES);
  return format({ ...cost, salt, tag });
}

/**
 * A hash that no password matches, with the current cost. Verifying it for an unknown user takes as long as verifying
 * the hash of a known one.
 */
export const unmatchedHash = format({ ...CURRENT_COST, salt: Buffer.alloc(SALT_BYTES), tag: Buffer.alloc(TAG_BYTES) });

/** @throws TypeError when the stored hash is not a PHC string of Argon2id */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const hash = parse(stored);
  return timingSafeEqual(await compute(password, hash, hash.tag.byteLength), hash.tag);
}

/** Whether a hash was made with another cost than the current one. */
export function isOutdated(stored: string): boolean {
  const { memory, passes, parallelism } = parse(stored);
  return memory !== CURRENT_COST.memory || passes !== CURRENT_COST.passes || parallelism !== CURRENT_COST.parallelism;
}

function compute(
  password: string,
  { memory, passes, parallelism, salt }: Cost & Pick<Hash, "salt">,
  tagLength: number,
) {
  // In NFC, because two keyboards can send the same characters in different forms.
  return derive("argon2id", {
    message: password.normalize("NFC"),
    nonce: salt,
    memory,
    passes,
    parallelism,
    tagLength,
  });
}

function format({ memory, passes, parallelism, salt, tag }: Hash): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${encode(salt)}$${encode(tag)}`;
}

function parse(text: string): Hash {
  const match = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([\w+/]+)\$([\w+/]+)$/.exec(text);
  if (!match) throw new TypeError("The stored password hash is not a PHC string of Argon2id");
  const [, memory, passes, parallelism, salt = "", tag = ""] = match;
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, "base64"),
    tag: Buffer.from(tag, "base64"),
  };
}

/** Base64 without padding, as PHC strings contain it. */
function encode(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
