import type { Action } from "./action.ts";

export interface Rule {
  readonly arn: string;
  readonly listenerArn: string;
  /** The rule with the lowest number is evaluated first. */
  readonly priority: number;
  /** All of them must be met. */
  readonly conditions: readonly Condition[];
  readonly action: Action;
}

/** Met if one of its values matches. */
export type Condition =
  | { readonly field: "path-pattern" | "host-header" | "http-request-method" | "source-ip"; readonly values: string[] }
  | { readonly field: "http-header"; readonly name: string; readonly values: string[] }
  | { readonly field: "query-string"; readonly values: readonly { readonly key: string; readonly value: string }[] };
