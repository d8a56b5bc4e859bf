import type { IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import type { CachePolicy } from "./cache-policy.ts";
import type { RequestParts, Selection } from "./request-parts.ts";

/** A request of a viewer. */
export interface ViewerRequest {
  readonly method: string;
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly cookies: readonly (readonly [name: string, value: string])[];
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly address: string;
}

export async function readViewerRequest(message: IncomingMessage): Promise<ViewerRequest> {
  const [path = "/", query = ""] = (message.url ?? "/").split(/\?(.*)/s);
  const headers = Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  );
  return {
    method: message.method ?? "GET",
    path,
    query: pairs(query, "&"),
    cookies: pairs(headers.cookie ?? "", ";"),
    headers,
    body: await buffer(message),
    address: message.socket.remoteAddress ?? "",
  };
}

/** The first encoding of the policy that the viewer accepts. Each encoding has a cached copy of its own. */
export function acceptedEncoding({ headers }: ViewerRequest, { encodings }: CachePolicy): "br" | "gzip" | undefined {
  const accepted = (headers["accept-encoding"] ?? "").split(",").map((encoding) => encoding.trim().replace(/;.*$/, ""));
  return encodings.find((encoding) => accepted.includes(encoding));
}

/** Requests with the same key share a cached response. */
export function cacheKey(request: ViewerRequest, policy: CachePolicy): string {
  const { headers, cookies, query } = selectedParts(request, [policy.key]);
  return JSON.stringify([request.path, query, cookies, headers, acceptedEncoding(request, policy)]);
}

/** The parts of a request that at least one of the policies selects. */
export function selectedParts(
  { headers, cookies, query }: ViewerRequest,
  policies: readonly RequestParts[],
): Pick<ViewerRequest, "query" | "cookies"> & { readonly headers: readonly (readonly [string, string])[] } {
  const isSelected = (part: keyof RequestParts, name: string) => policies.some((policy) => selects(policy[part], name));
  return {
    headers: Object.entries(headers)
      .filter(([name]) => isSelected("headers", name))
      .sort(([one], [other]) => one.localeCompare(other)),
    cookies: cookies.filter(([name]) => isSelected("cookies", name)),
    query: query.filter(([name]) => isSelected("query", name)),
  };
}

function selects({ behavior, names }: Selection, name: string): boolean {
  if (behavior === "all") return true;
  if (behavior === "none") return false;
  return names.has(name) === (behavior === "whitelist");
}

function pairs(text: string, separator: string): [string, string][] {
  return text
    .split(separator)
    .filter((pair) => pair.trim() !== "")
    .map((pair) => {
      const [name = "", value = ""] = pair.trim().split(/=(.*)/s);
      return [name, value];
    });
}
