import type { RequestView } from "./views.ts";

const MAX_REQUESTS = 1_000;

/** The last requests to the APIs, load balancers and distributions of the deployment, in memory. */
export class RequestLog {
  readonly #requests: RequestView[] = [];
  readonly #listeners = new Set<(request: RequestView) => void>();
  #id = 0;

  /** Newest first. */
  all(): RequestView[] {
    return this.#requests.toReversed();
  }

  add(request: Omit<RequestView, "id">): void {
    this.#id += 1;
    const view = { id: this.#id, ...request };
    this.#requests.push(view);
    if (this.#requests.length > MAX_REQUESTS) this.#requests.shift();
    for (const listener of this.#listeners) listener(view);
  }

  /** Calls the listener for requests from now on. @returns a function that ends this. */
  follow(listener: (request: RequestView) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
