import { AwsError } from "../../runtime/error.ts";

export interface NamedQuery {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly database: string;
  readonly statement: string;
  readonly workGroup: string;
}

/** The saved queries, which Terraform alone creates and changes. */
export class NamedQueries {
  readonly #queries = new Map<string, NamedQuery>();

  put(query: NamedQuery): void {
    this.#queries.set(query.id, query);
  }

  delete(id: string): void {
    this.#queries.delete(id);
  }

  find(id: string): NamedQuery | undefined {
    return this.#queries.get(id);
  }

  /** @throws AwsError `InvalidRequestException`. */
  get(id: string): NamedQuery {
    const query = this.find(id);
    if (query) return query;
    throw new AwsError("InvalidRequestException", `NamedQuery ${id} is not found.`);
  }

  of(workGroup: string): NamedQuery[] {
    return [...this.#queries.values()].filter((query) => query.workGroup === workGroup);
  }
}
