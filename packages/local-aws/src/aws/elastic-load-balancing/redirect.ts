import { type Answer, page, withServer } from "./answers.ts";
import type { ListenerRequest } from "./listener-request.ts";
import type { Listener, Redirect } from "./model.ts";

const TITLES = { 301: "301 Moved Permanently", 302: "302 Found" } as const;

/**
 * Sends the client elsewhere. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html#redirect-actions
 *
 * @param localAddress of another listener of the same load balancer, by its configured port. A redirect to it leads to where it is on this machine.
 */
export function redirectAnswer(
  redirect: Redirect,
  request: ListenerRequest,
  listener: Listener,
  localAddress: (port: number) => string | undefined,
): Answer {
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
    (keepsHost ? localAddress(Number(fill(redirect.port))) : undefined) ??
    `${fill(redirect.protocol).toLowerCase()}://${fill(redirect.host)}:${fill(redirect.port)}`;
  const location = `${origin}${fill(redirect.path)}${query === "" ? "" : `?${query}`}`;
  return withServer(redirect.status, "text/html", page(TITLES[redirect.status]), [["Location", location]]);
}
