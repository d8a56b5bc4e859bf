import { BlockList, isIPv6 } from "node:net";
import type { ListenerRequest } from "./listener-request.ts";
import type { Condition } from "./rule.ts";

/**
 * Whether a request meets a condition of a rule.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
export function isMet(condition: Condition, request: ListenerRequest): boolean {
  switch (condition.field) {
    case "path-pattern":
      return condition.values.some((pattern) => matches(pattern, request.path, "case-sensitive"));
    case "host-header":
      return condition.values.some((pattern) => matches(pattern, request.host.replace(/:\d+$/, "")));
    case "http-request-method":
      return condition.values.includes(request.method);
    case "source-ip":
      return isWithin(condition.values, request.sourceIp);
    case "http-header": {
      const headerName = condition.name.toLowerCase();
      const sent = request.headers.filter(([name]) => name.toLowerCase() === headerName).map(([, value]) => value);
      return condition.values.some((pattern) => sent.some((value) => matches(pattern, value)));
    }
    case "query-string": {
      const sent = parameters(request.query);
      return condition.values.some(({ key, value }) =>
        sent.some(([name, text]) => (key === "" || matches(key, name)) && matches(value, text)),
      );
    }
  }
}

/** `*` matches any characters, `?` exactly one; a backslash escapes them. */
function matches(
  pattern: string,
  text: string,
  sensitivity: "case-sensitive" | "case-insensitive" = "case-insensitive",
): boolean {
  const source = pattern.replace(/\\?[\s\S]/g, (token) => {
    if (token === "*") return ".*";
    if (token === "?") return ".";
    return token.slice(-1).replace(/[\\^$.*+?()[\]{}|]/, "\\$&");
  });
  return new RegExp(`^${source}$`, sensitivity === "case-insensitive" ? "is" : "s").test(text);
}

/** The parameters as they were sent: the load balancer compares without decoding. */
function parameters(query: string): [name: string, value: string][] {
  return query
    .split("&")
    .filter((parameter) => parameter !== "")
    .map((parameter) => {
      const [name = "", value = ""] = parameter.split(/=(.*)/s);
      return [name, value];
    });
}

function isWithin(blocks: readonly string[], address: string): boolean {
  const list = new BlockList();
  for (const block of blocks) {
    const [network = "", bits = ""] = block.split("/");
    list.addSubnet(network, Number(bits), isIPv6(network) ? "ipv6" : "ipv4");
  }
  return list.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}
