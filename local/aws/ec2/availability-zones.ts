import { REGION } from "../../cloud/account.ts";
import type { DataSourceHandler } from "../../provider/resource.ts";

const LETTERS = ["a", "b", "c", "d", "e", "f"];

/** The zones of us-east-1, all available. */
export const availabilityZones: DataSourceHandler = {
  type: "aws_availability_zones",
  read: () => ({
    id: REGION,
    names: LETTERS.map((letter) => `${REGION}${letter}`),
    zone_ids: LETTERS.map((_, index) => `use1-az${index + 1}`),
    group_names: [REGION],
  }),
};
