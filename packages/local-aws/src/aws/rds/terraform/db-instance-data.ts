import type { Attributes, DataSourceHandler } from "../../../provider/resource.ts";
import type { Rds } from "../rds.ts";

/** Data source names that differ from the resource's. */
const RENAMED: Readonly<Record<string, string>> = {
  db_instance_identifier: "identifier",
  db_instance_arn: "arn",
  db_instance_class: "instance_class",
  db_subnet_group: "db_subnet_group_name",
  master_username: "username",
  preferred_backup_window: "backup_window",
  preferred_maintenance_window: "maintenance_window",
  vpc_security_groups: "vpc_security_group_ids",
  tags: "tags_all",
};

/** `aws_db_instance` as a data source: an instance by its identifier, with the port that it has now. */
export function dbInstanceData(rds: Pick<Rds, "get">): DataSourceHandler {
  return {
    type: "aws_db_instance",
    read({ db_instance_identifier: identifier }) {
      const { instance, attributes } = rds.get(String(identifier));
      const renamed = Object.entries(RENAMED).map(([name, original]): [string, unknown] => [
        name,
        attributes[original],
      ]);
      const port = instance.port ?? attributes.port;
      return {
        ...(attributes as Attributes),
        ...Object.fromEntries(renamed),
        id: identifier,
        port,
        db_instance_port: port,
        endpoint: `${attributes.address}:${port}`,
        engine_version: attributes.engine_version_actual,
        db_parameter_groups: [attributes.parameter_group_name],
        option_group_memberships: [attributes.option_group_name],
      };
    },
  };
}
