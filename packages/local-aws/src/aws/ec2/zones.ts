import { REGION } from "../../runtime/account.ts";

const LETTERS = ["a", "b", "c", "d", "e", "f"];

/** The Availability Zones of the region. All are available. */
export const ZONE_NAMES: readonly string[] = LETTERS.map((letter) => `${REGION}${letter}`);

/** The ID of a zone, which is the same in every account, unlike its name. */
export function zoneId(name: string): string {
  return `use1-az${LETTERS.indexOf(name.slice(-1)) + 1}`;
}
