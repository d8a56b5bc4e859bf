import { sql as file } from "./migrations/0001-file.ts";
import { sql as sum } from "./migrations/0002-sum.ts";

/** One step of the schema. Once it was deployed it is never changed: a new one follows it. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** Every step, in the order of their versions. */
export const migrations: readonly Migration[] = [
  { version: 1, name: "0001-file", sql: file },
  { version: 2, name: "0002-sum", sql: sum },
];
