import type { Call } from "../../../gateway/protocol.ts";
import { arn } from "../../../runtime/account.ts";
import type { Rds, RecordedInstance } from "../rds.ts";

interface Input {
  readonly DBInstanceIdentifier?: string;
}

export const describeDbInstances =
  (rds: Pick<Rds, "get" | "recorded">) =>
  ({ DBInstanceIdentifier: identifier }: Input, call: Call): object => {
    call.authorize("rds:DescribeDBInstances", arn("rds", `db:${identifier ?? "*"}`));
    const instances = identifier === undefined ? rds.recorded() : [rds.get(identifier)];
    return { DBInstances: { DBInstance: instances.map(describe) } };
  };

/** An instance as the API shows it. */
export function describe({ instance, attributes }: RecordedInstance): object {
  return {
    DBInstanceIdentifier: instance.identifier,
    DBInstanceArn: attributes.arn,
    DbiResourceId: attributes.resource_id,
    DBInstanceClass: attributes.instance_class,
    DBInstanceStatus: instance.status,
    DBName: attributes.db_name || undefined,
    Engine: attributes.engine,
    EngineVersion: attributes.engine_version_actual,
    MasterUsername: attributes.username,
    Endpoint: { Address: "127.0.0.1", Port: instance.port ?? attributes.port, HostedZoneId: attributes.hosted_zone_id },
    AllocatedStorage: attributes.allocated_storage,
    MultiAZ: attributes.multi_az,
    StorageEncrypted: attributes.storage_encrypted ?? false,
    DeletionProtection: attributes.deletion_protection ?? false,
    BackupRetentionPeriod: attributes.backup_retention_period,
    PubliclyAccessible: attributes.publicly_accessible,
  };
}
