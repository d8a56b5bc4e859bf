import type { RecordedInstance } from "./db-instances.ts";

/** An instance in the form of the API. */
export function dbInstanceDescription({ instance, attributes }: RecordedInstance): object {
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
