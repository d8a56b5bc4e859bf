import { createHash, randomBytes } from "node:crypto";

/** The beginning of a token, by which secret scanners recognize it: an access key or a session. */
const prefixes = { key: "nvk_", session: "nvs_" } as const;

/** A token with 256 random bits. */
export const generateToken = (kind: keyof typeof prefixes): string =>
  prefixes[kind] + randomBytes(32).toString("base64url");

/** The stored form of a token. A salt is not needed, because a token cannot be guessed. */
export const hashToken = (token: string): string => createHash("sha256").update(token).digest("base64url");

/** A public identifier with 72 random bits. It does not begin with a dash, which a command reads as an option. */
export const generateId = (): string => randomBytes(9).toString("hex");

/** Whether a text can be an identifier of {@link generateId}. */
export const isId = (text: string): boolean => /^[0-9a-f]{18}$/.test(text);

export const isSessionToken = (token: string): boolean => token.startsWith(prefixes.session);
