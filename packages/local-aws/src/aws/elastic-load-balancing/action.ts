export type Action =
  | { readonly type: "forward"; readonly targetGroups: readonly WeightedTargetGroup[] }
  | {
      readonly type: "fixed-response";
      readonly status: number;
      readonly contentType: string;
      readonly body: string;
    }
  | ({ readonly type: "redirect" } & Redirect);

export interface WeightedTargetGroup {
  readonly arn: string;
  readonly weight: number;
}

/** The parts of the target URL: templates with `#{protocol}`, `#{host}`, `#{port}`, `#{path}` and `#{query}`. */
export interface Redirect {
  readonly status: 301 | 302;
  readonly protocol: string;
  readonly host: string;
  readonly port: string;
  readonly path: string;
  readonly query: string;
}
