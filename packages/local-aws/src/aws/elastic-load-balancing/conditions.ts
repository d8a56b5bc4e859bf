import { BlockList, isIPv6 } from "node:net";
import type { ListenerRequest } from "./listener-request.ts";
import type { Condition } from "./model.ts";

/** Whether a condition of a rule holds. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html */
export function holds(condition: Condition, request: ListenerRequest): boolean {
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
      const wanted = condition.name.toLowerCase();
      const sent = request.headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
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

/** `*` stands for any characters, `?` for one; a backslash takes their meaning from them. */
function matches(pattern: string, text: string, sensitivity: "case-sensitive" | "any case" = "any case"): boolean {
  const source = pattern.replace(/\\?[\s\S]/g, (token) => {
    if (token === "*") return ".*";
    if (token === "?") return ".";
    return token.slice(-1).replace(/[\\^$.*+?()[\]{}|]/, "\\$&");
  });
  return new RegExp(`^${source}$`, sensitivity === "any case" ? "is" : "s").test(text);
}

/** Parameters as they were sent: the load balancer compares without decoding. */
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
