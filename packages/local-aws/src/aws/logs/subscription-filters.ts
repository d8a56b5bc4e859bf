import type { Clock } from "../../runtime/clock.ts";
import { Journal } from "../../runtime/journal.ts";

/** Which events of a log group are sent where. */
export interface SubscriptionFilterDefinition {
  readonly logGroupName: string;
  readonly filterName: string;
  readonly filterPattern: string;
  readonly destinationArn: string;
  /** The role with which events are sent to a delivery stream; functions have a policy instead. */
  readonly roleArn?: string | undefined;
  /** Has no effect on functions. */
  readonly distribution: "ByLogStream" | "Random";
}

export interface SubscriptionFilter extends SubscriptionFilterDefinition {
  /** Milliseconds since the epoch. */
  readonly creationTime: number;
}

/** The subscription filters of all log groups, on disk. */
export class SubscriptionFilters {
  readonly #journal: Journal<SubscriptionFilter>;
  readonly #clock: Clock;

  constructor(path: string, clock: Clock) {
    this.#journal = new Journal(path);
    this.#clock = clock;
  }

  /** Those of a log group, by name. */
  of(logGroupName: string): SubscriptionFilter[] {
    return this.#journal
      .values()
      .filter((filter) => filter.logGroupName === logGroupName)
      .sort((a, b) => (a.filterName < b.filterName ? -1 : 1));
  }

  find(logGroupName: string, filterName: string): SubscriptionFilter | undefined {
    return this.#journal.get(keyOf(logGroupName, filterName));
  }

  /** Creates the filter, or replaces the one with this name. */
  put(definition: SubscriptionFilterDefinition): void {
    const { logGroupName, filterName } = definition;
    const creationTime = this.find(logGroupName, filterName)?.creationTime ?? this.#clock.now();
    this.#journal.set(keyOf(logGroupName, filterName), { ...definition, creationTime });
  }

  /** @returns whether the filter existed. */
  delete(logGroupName: string, filterName: string): boolean {
    return this.#journal.delete(keyOf(logGroupName, filterName));
  }

  deleteGroup(logGroupName: string): void {
    for (const { filterName } of this.of(logGroupName)) this.delete(logGroupName, filterName);
  }

  close(): void {
    this.#journal.close();
  }
}

function keyOf(logGroupName: string, filterName: string): string {
  return `${logGroupName}\n${filterName}`;
}
