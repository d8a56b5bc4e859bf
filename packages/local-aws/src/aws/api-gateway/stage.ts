export interface Throttling {
  /** Requests per second. */
  readonly rate: number;
  readonly burst: number;
}

export interface Stage {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly throttling: Throttling;
  /** By route key. */
  readonly routeThrottling: ReadonlyMap<string, Throttling>;
  readonly accessLog: { readonly group: string; readonly format: string } | undefined;
}
