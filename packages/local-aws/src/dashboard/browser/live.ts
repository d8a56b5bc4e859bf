import { apiAddress, type Place } from "./address.ts";

export interface LiveListener {
  /** What the page shows now. */
  view(view: unknown): void;
  /** What was added since. */
  items(items: readonly unknown[]): void;
  /** The page cannot be read. */
  problem(message: string): void;
  /** `ended`: the session is not valid any more, and the browser does not try again. */
  connection(state: "open" | "lost" | "ended"): void;
}

/** Listens to a page. @returns a function that ends this. */
export function listen(place: Place, listener: LiveListener): () => void {
  const source = new EventSource(apiAddress(place));
  const on = (name: string, handle: (data: unknown) => void): void => {
    source.addEventListener(name, (event) => handle(JSON.parse((event as MessageEvent<string>).data)));
  };
  on("view", listener.view);
  on("items", (items) => listener.items(items as readonly unknown[]));
  on("problem", (problem) => listener.problem((problem as { message: string }).message));
  source.onopen = () => listener.connection("open");
  source.onerror = () => listener.connection(source.readyState === EventSource.CLOSED ? "ended" : "lost");
  return () => source.close();
}
