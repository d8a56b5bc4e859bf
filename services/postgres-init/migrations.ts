import { sql as file } from "./migrations/0001-file.ts";
import { sql as sum } from "./migrations/0002-sum.ts";

/** A change of the schema. A migration that was deployed must not be changed; add a new one instead. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** Ordered by version. */
export const migrations: readonly Migration[] = [
  { version: 1, name: "0001-file", sql: file },
  { version: 2, name: "0002-sum", sql: sum },
];
