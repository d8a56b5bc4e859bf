import type { DataSourceHandler } from "../../provider/resource.ts";
import { REGION } from "../../runtime/account.ts";

const LETTERS = ["a", "b", "c", "d", "e", "f"];

/** The zones of us-east-1, all available. */
export const availabilityZones: DataSourceHandler = {
  type: "aws_availability_zones",
  read: () => ({
    id: REGION,
    names: LETTERS.map((letter) => `${REGION}${letter}`),
    zone_ids: LETTERS.map((letter) => zoneId(`${REGION}${letter}`)),
    group_names: [REGION],
  }),
};

/** The id of a zone, which is the same for every account, as its name is not. */
export function zoneId(name: string): string {
  return `use1-az${LETTERS.indexOf(name.slice(-1)) + 1}`;
}
