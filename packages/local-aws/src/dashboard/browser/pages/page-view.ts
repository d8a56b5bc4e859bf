/** One page in the browser: renders what the page of the same name on the server reads. */
export interface PageView<View, Item = never> {
  readonly title: string;
  readonly summary: string;
  /** Filters and the like, beside the title. */
  tools?(view: View, query: URLSearchParams): readonly Node[];
  render(view: View, query: URLSearchParams): Node;
  /** For pages to which items are added: the view with them. */
  add?(view: View, items: readonly Item[]): View;
}
