import { createHash } from "node:crypto";
import { HttpError } from "../../lib/http/http-error.ts";
import type { HttpRequest } from "../../lib/http/request.ts";

type Algorithm = "md5" | "sha256" | "sha512";

interface Digest {
  readonly header: string;
  readonly algorithm: Algorithm;
  /** Base64. */
  readonly value: string;
}

/** The length of each digest in bytes. */
const lengths: Readonly<Record<Algorithm, number>> = { md5: 16, sha256: 32, sha512: 64 };

/** The names of RFC 9530 for the algorithms that are not broken. */
const representationAlgorithms: Readonly<Record<string, Algorithm>> = { "sha-256": "sha256", "sha-512": "sha512" };

/**
 * Compares the body of a request with the digests that the client has sent: `Content-MD5`, `x-amz-checksum-sha256` and
 * `Repr-Digest` (RFC 9530).
 *
 * @throws HttpError 400 `BadDigest` when one differs, `InvalidDigest` when one is malformed
 */
export function checkBodyDigests({ headers, body }: Pick<HttpRequest, "headers" | "body">): void {
  const digests = [
    ...simpleDigest(headers, "content-md5", "md5"),
    ...simpleDigest(headers, "x-amz-checksum-sha256", "sha256"),
    ...representationDigests(headers["repr-digest"]),
  ];
  for (const { header, algorithm, value } of digests) {
    if (Buffer.from(value, "base64").length !== lengths[algorithm]) throw invalid(header);
    if (createHash(algorithm).update(body).digest("base64") === value) continue;
    throw new HttpError(400, "BadDigest", `The body does not match the header ${header}.`, { extensions: { header } });
  }
}

function simpleDigest(headers: HttpRequest["headers"], header: string, algorithm: Algorithm): readonly Digest[] {
  const value = headers[header];
  if (value === undefined) return [];
  if (!isBase64(value)) throw invalid(header);
  return [{ header, algorithm, value }];
}

/**
 * The digests of a dictionary such as `sha-256=:…:, sha-512=:…:`. Other algorithms are ignored as long as there is one
 * that can be checked.
 */
function representationDigests(field: string | undefined): readonly Digest[] {
  if (field === undefined) return [];
  const header = "repr-digest";
  const digests = field.split(",").flatMap((member): Digest[] => {
    const [, name = "", value = ""] = /^\s*([a-z*][\w.*-]*)=:([^:]*):\s*$/.exec(member) ?? [];
    if (name === "" || !isBase64(value)) throw invalid(header);
    const algorithm = Object.hasOwn(representationAlgorithms, name) ? representationAlgorithms[name] : undefined;
    return algorithm ? [{ header, algorithm, value }] : [];
  });
  if (digests.length === 0) throw invalid(header);
  return digests;
}

const isBase64 = (text: string): boolean => /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text);

const expected: Readonly<Record<string, string>> = {
  "content-md5": "an MD5 in base64",
  "x-amz-checksum-sha256": "a SHA-256 in base64",
  "repr-digest": "a dictionary with sha-256 or sha-512 (RFC 9530)",
};

const invalid = (header: string): HttpError =>
  new HttpError(400, "InvalidDigest", `The header ${header} must be ${expected[header]}.`, { extensions: { header } });
