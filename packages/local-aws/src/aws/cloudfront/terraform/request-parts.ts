import { block, text } from "../../../provider/attributes.ts";
import type { Attributes } from "../../../provider/resource-handler.ts";
import type { RequestParts, Selection } from "../request-parts.ts";

/** The headers, cookies and query strings that a policy selects. */
export function requestPartsOf(attributes: Attributes): RequestParts {
  return {
    headers: selectionOf(block(attributes.headers_config), "header", (name) => name.toLowerCase()),
    cookies: selectionOf(block(attributes.cookies_config), "cookie"),
    query: selectionOf(block(attributes.query_strings_config), "query_string"),
  };
}

function selectionOf(
  config: Attributes,
  kind: string,
  normalize: (name: string) => string = (name) => name,
): Selection {
  const { items } = block(config[kind === "query_string" ? "query_strings" : `${kind}s`]);
  return {
    behavior: behaviorOf(text(config[`${kind}_behavior`])),
    names: new Set(((items ?? []) as string[]).map(normalize)),
  };
}

/** Headers have further values, such as `allViewer`. */
function behaviorOf(configured: string): Selection["behavior"] {
  if (configured === "" || configured === "none") return "none";
  if (configured.startsWith("allExcept")) return "allExcept";
  return configured.startsWith("all") ? "all" : "whitelist";
}
