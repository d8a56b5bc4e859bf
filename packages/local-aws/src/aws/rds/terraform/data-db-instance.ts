import { text } from "../../../provider/attributes.ts";
import type { DataSourceHandler } from "../../../provider/resource.ts";
import type { DbInstances } from "../db-instances.ts";

/** Attributes of the data source whose names differ from those of the resource. */
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

/** Finds an instance by its identifier, and returns the port on which it listens now. */
export function dbInstanceDataSource(instances: Pick<DbInstances, "get">): DataSourceHandler {
  return {
    type: "aws_db_instance",
    read({ db_instance_identifier: identifier }) {
      const { instance, attributes } = instances.get(text(identifier));
      const renamed = Object.entries(RENAMED).map(([name, original]) => [name, attributes[original]] as const);
      const port = instance.port ?? attributes.port;
      return {
        ...attributes,
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
