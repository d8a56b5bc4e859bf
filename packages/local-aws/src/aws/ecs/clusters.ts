import { clusterArn, nameOf } from "./arns.ts";

/** The names of the clusters. Their services are in `Services`. */
export class Clusters {
  readonly #names = new Set<string>();

  put(name: string): void {
    this.#names.add(name);
  }

  /** By name or ARN. */
  has(cluster: string): boolean {
    return this.#names.has(nameOf(cluster));
  }

  arns(): string[] {
    return [...this.#names].map(clusterArn);
  }

  delete(name: string): void {
    this.#names.delete(name);
  }
}
