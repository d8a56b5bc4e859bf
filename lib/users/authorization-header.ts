/** The credentials of a caller. */
export type Credentials =
  | { readonly scheme: "basic"; readonly username: string; readonly password: string }
  | { readonly scheme: "bearer"; readonly token: string };

/** Characters; the token of an OpenID provider can be that long. API Gateway accepts headers of 10 KB in total. */
const MAX_LENGTH = 8_192 + "Bearer ".length;

/**
 * Reads an `Authorization` header: Basic (RFC 7617, UTF-8) or Bearer (RFC 6750). Undefined when it is neither or
 * malformed.
 */
export function parseAuthorization(header: string | undefined): Credentials | undefined {
  if (header === undefined || header.length > MAX_LENGTH) return undefined;
  const match = /^([A-Za-z]+) +([A-Za-z0-9+/._~-]+={0,2}) *$/.exec(header);
  const [, scheme = "", value = ""] = match ?? [];
  switch (scheme.toLowerCase()) {
    case "basic":
      return parseBasic(value);
    case "bearer":
      return { scheme: "bearer", token: value };
    default:
      return undefined;
  }
}

function parseBasic(value: string): Credentials | undefined {
  const decoded = decode(value);
  // The first colon is the separator: a password may contain colons, a username cannot.
  const colon = decoded?.indexOf(":") ?? -1;
  if (decoded === undefined || colon < 0) return undefined;
  return { scheme: "basic", username: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

function decode(base64: string): string | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(base64, "base64"));
  } catch {
    return undefined;
  }
}
