/** Selects headers, cookies or query strings of a request. */
export interface Selection {
  readonly behavior: "none" | "whitelist" | "all" | "allExcept";
  /** Header names in lower case. */
  readonly names: ReadonlySet<string>;
}

export interface RequestParts {
  readonly headers: Selection;
  readonly cookies: Selection;
  readonly query: Selection;
}
