import type { DataSourceHandler } from "../../../provider/resource-handler.ts";
import { REGION } from "../../../runtime/account.ts";
import { ZONE_NAMES, zoneId } from "../zones.ts";

export const availabilityZonesDataSource: DataSourceHandler = {
  type: "aws_availability_zones",
  read: () => ({
    id: REGION,
    names: ZONE_NAMES,
    zone_ids: ZONE_NAMES.map(zoneId),
    group_names: [REGION],
  }),
};
