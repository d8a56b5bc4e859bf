import { createHash, createHmac } from "node:crypto";
import { signingKey } from "../../../gateway/signature.ts";
import { REGION } from "../../../runtime/account.ts";

interface UnsignedRequest {
  readonly method: string;
  /** The encoded path with the query. */
  readonly path: string;
  /** Undefined for an unsigned body. */
  readonly body: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** For tests: signs a request that an SDK would not send. */
export function signedRequest(
  endpoint: string,
  { method, path, body, headers: extraHeaders }: UnsignedRequest,
  keys: { readonly accessKeyId: string; readonly secretAccessKey: string },
): Request {
  const url = new URL(endpoint + path);
  const timestamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const date = timestamp.slice(0, 8);
  const headers: Record<string, string> = {
    host: url.host,
    "x-amz-content-sha256": body === undefined ? "UNSIGNED-PAYLOAD" : sha256(body),
    "x-amz-date": timestamp,
    ...extraHeaders,
  };
  const names = Object.keys(headers).sort();
  const [, query = ""] = path.split("?");
  const canonical = [
    ...[method, path.split("?")[0], query],
    ...names.map((name) => `${name}:${headers[name]}`),
    ...["", names.join(";"), headers["x-amz-content-sha256"]],
  ].join("\n");
  const scope = `${date}/${REGION}/s3/aws4_request`;
  const key = signingKey(keys.secretAccessKey, { ...keys, date, region: REGION, service: "s3" });
  const signature = createHmac("sha256", key)
    .update(["AWS4-HMAC-SHA256", timestamp, scope, sha256(canonical)].join("\n"))
    .digest("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${keys.accessKeyId}/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  const hasBody = body !== undefined && body !== "";
  return new Request(url, { method, headers: { ...headers, authorization }, ...(hasBody ? { body } : {}) });
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
