import { createHash, createHmac, pbkdf2 } from "node:crypto";
import { promisify } from "node:util";

/** The default of PostgreSQL. */
const ITERATIONS = 4096;

/**
 * The SCRAM-SHA-256 verifier that PostgreSQL stores for a password (RFC 5803). Sending it instead of the password keeps
 * the password out of the server's statement log.
 *
 * @param salt 16 random bytes
 */
export async function scramVerifier(password: string, salt: Uint8Array): Promise<string> {
  const salted = await promisify(pbkdf2)(password.normalize("NFKC"), salt, ITERATIONS, 32, "sha256");
  const hmac = (text: string): Buffer => createHmac("sha256", salted).update(text).digest();
  const storedKey = createHash("sha256").update(hmac("Client Key")).digest("base64");
  const serverKey = hmac("Server Key").toString("base64");
  return `SCRAM-SHA-256$${ITERATIONS}:${Buffer.from(salt).toString("base64")}$${storedKey}:${serverKey}`;
}
