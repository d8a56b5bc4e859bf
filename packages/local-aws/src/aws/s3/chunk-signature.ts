import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Credentials } from "../../gateway/service.ts";
import { credentialScope, type SignedRequest, signingKey } from "../../gateway/signature.ts";
import { AwsError } from "../../runtime/error.ts";
import type { ChunkVerifier } from "./aws-chunked.ts";

const EMPTY_HASH = createHash("sha256").digest("hex");

/**
 * The verifier for a body whose chunks are signed: each signature covers the previous one, the first the signature of
 * the request. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 *
 * Undefined when the signature is not in the `Authorization` header: bodies of presigned requests are not signed.
 *
 * @param request a request whose signature has been verified.
 */
export function chunkVerifier(request: SignedRequest, credentials: Credentials): ChunkVerifier | undefined {
  const scope = credentialScope(request);
  const accessKey = scope && credentials.find(scope.accessKeyId);
  const seed = /Signature=([0-9a-f]+)/.exec(request.headers.authorization ?? "")?.[1];
  if (!accessKey || !seed) return undefined;
  const key = signingKey(accessKey.secretAccessKey, scope);
  const context = `${request.headers["x-amz-date"]}\n${scope.date}/${scope.region}/${scope.service}/aws4_request`;
  let previous = seed;
  const verify = (algorithm: string, hashes: readonly string[], signature: string) => {
    const expected = createHmac("sha256", key)
      .update([algorithm, context, previous, ...hashes].join("\n"))
      .digest();
    const actual = Buffer.from(signature, "hex");
    if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) throw signatureDoesNotMatch();
    previous = signature;
  };
  return {
    chunk(bytes, signature) {
      const hash = createHash("sha256");
      for (const part of bytes) hash.update(part);
      verify("AWS4-HMAC-SHA256-PAYLOAD", [EMPTY_HASH, hash.digest("hex")], signature);
    },
    trailer(text, signature) {
      verify("AWS4-HMAC-SHA256-TRAILER", [createHash("sha256").update(text).digest("hex")], signature);
    },
  };
}

function signatureDoesNotMatch(): AwsError {
  return new AwsError(
    "SignatureDoesNotMatch",
    "The chunk signature we calculated does not match the signature you provided.",
    403,
  );
}
