import type { Redirect } from "./action.ts";
import type { Listener } from "./listener.ts";
import type { ListenerRequest } from "./listener-request.ts";
import { type ListenerResponse, page, withServerHeader } from "./responses.ts";

const TITLES = { 301: "301 Moved Permanently", 302: "302 Found" } as const;

/**
 * The response that redirects a client.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html#redirect-actions
 *
 * @param localOrigin returns the origin on this machine of another listener of the same load balancer, by its
 * configured port.
 */
export function redirectResponse(
  redirect: Redirect,
  request: ListenerRequest,
  listener: Listener,
  localOrigin: (port: number) => string | undefined,
): ListenerResponse {
  const values: Readonly<Record<string, string>> = {
    protocol: listener.protocol,
    host: request.host.replace(/:\d+$/, ""),
    port: String(listener.port),
    path: request.path.slice(1),
    query: request.query,
  };
  const fill = (template: string) => template.replace(/#\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
  const query = fill(redirect.query);
  const keepsHost = redirect.host === "#{host}";
  const origin =
    (keepsHost ? localOrigin(Number(fill(redirect.port))) : undefined) ??
    `${fill(redirect.protocol).toLowerCase()}://${fill(redirect.host)}:${fill(redirect.port)}`;
  const location = `${origin}${fill(redirect.path)}${query === "" ? "" : `?${query}`}`;
  return withServerHeader(redirect.status, "text/html", page(TITLES[redirect.status]), [["Location", location]]);
}
