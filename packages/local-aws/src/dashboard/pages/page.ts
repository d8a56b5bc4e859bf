/** One page of the dashboard: what it shows, as JSON. The page of the same name in `browser/pages` renders it. */
export interface Page<View, Item = never> {
  /**
   * What the page shows now.
   *
   * @param query that of the page's address: filters, and what is selected.
   * @throws AwsError when something that the query names does not exist.
   */
  read(query: URLSearchParams): Promise<View> | View;
  /**
   * For pages to which items are only added: calls `add` for each item from now on that matches the query. Other pages
   * are read again.
   *
   * @returns a function that ends this.
   */
  follow?(query: URLSearchParams, add: (item: Item) => void): () => void;
}

/** Whether one of the texts contains the search term, in any case. */
export function matches(term: string | null, ...texts: readonly (string | undefined)[]): boolean {
  const needle = (term ?? "").trim().toLowerCase();
  return needle === "" || texts.some((text) => text?.toLowerCase().includes(needle));
}

/** The name at the end of an ARN. */
export function nameInArn(arn: string): string {
  return arn.split(":").at(-1) ?? arn;
}
