import type { Action } from "./action.ts";

export interface Listener {
  readonly arn: string;
  readonly loadBalancerArn: string;
  /** The configured port, which targets receive in a header. The listener itself has a free port of this machine. */
  readonly port: number;
  readonly protocol: "HTTP" | "HTTPS";
  readonly defaultAction: Action;
  /** Headers that it sets on every response; `null` removes the header. */
  readonly responseHeaders: Readonly<Record<string, string | null>>;
}
