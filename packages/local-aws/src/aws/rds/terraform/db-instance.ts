import { randomBytes } from "node:crypto";
import { optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes, DataSourceHandler, ResourceHandler } from "../../../provider/resource-handler.ts";
import { UNKNOWN, Unknown } from "../../../provider/unknown.ts";
import { REGION } from "../../../runtime/account.ts";
import { AwsError } from "../../../runtime/error.ts";
import { choosePort } from "../../../runtime/ports.ts";
import { configuredOrUniqueName } from "../../../runtime/unique-name.ts";
import type { ManagedSecrets } from "../../secrets-manager/managed-secrets.ts";
import type { RandomInteger } from "../../secrets-manager/random-integer.ts";
import { type DbInstances, dbInstanceArn } from "../db-instances.ts";
import { configuredPassword, createManagedSecret, deleteManagedSecret, generatePassword } from "./master-password.ts";
import { majorVersion, rejectUnsupportedArguments } from "./unsupported-arguments.ts";

const ADDRESS = "127.0.0.1";

/** Values of RDS for arguments that are not configured. */
const DEFAULTS: Attributes = {
  availability_zone: `${REGION}a`,
  backup_retention_period: 0,
  backup_target: "region",
  backup_window: "07:00-07:30",
  ca_cert_identifier: "rds-ca-rsa2048-g1",
  database_insights_mode: "standard",
  engine_lifecycle_support: "open-source-rds-extended-support",
  /** The zone of RDS in us-east-1. */
  hosted_zone_id: "Z2R2ITUGPM61AM",
  license_model: "postgresql-license",
  maintenance_window: "sun:05:00-sun:05:30",
  multi_az: false,
  network_type: "IPV4",
  storage_throughput: 0,
  storage_type: "gp2",
};

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

/** `aws_db_instance`. `create` initializes the data directory, and `start` starts the server. */
export function dbInstanceResource(
  instances: DbInstances,
  secrets: ManagedSecrets,
  random: RandomInteger,
): ResourceHandler {
  const portOf = (identifier: string, { port }: Attributes) =>
    choosePort(port, `aws_db_instance ${identifier}`, () => instances.claimPort(identifier));
  return {
    type: "aws_db_instance",
    identity: ({ identifier }) => optionalText(identifier),

    plan(planned, prior) {
      if (!prior) return;
      if (planned.manage_master_user_password !== prior.manage_master_user_password) {
        planned.master_user_secret = UNKNOWN;
      }
      if (planned.port !== prior.port) {
        planned.endpoint = planned.port instanceof Unknown ? UNKNOWN : `${ADDRESS}:${planned.port}`;
      }
    },

    async create(planned, { config }) {
      const { engineVersion } = instances;
      rejectUnsupportedArguments(planned, engineVersion);
      const identifier = configuredOrUniqueName(planned.identifier, planned.identifier_prefix);
      const arn = dbInstanceArn(identifier);
      const username = text(planned.username);
      const configured = configuredPassword(planned, config);
      const port = await portOf(identifier, planned);
      const password = configured ?? generatePassword(random);
      const database = optionalText(planned.db_name);
      await instances.instance(identifier).create({ username, password }, database, generatePassword(random));
      const resourceId = `db-${randomBytes(13).toString("hex").toUpperCase()}`;
      return {
        ...DEFAULTS,
        id: resourceId,
        resource_id: resourceId,
        arn,
        identifier,
        identifier_prefix: "",
        address: ADDRESS,
        port,
        endpoint: `${ADDRESS}:${port}`,
        status: "available",
        engine_version: engineVersion,
        engine_version_actual: engineVersion,
        option_group_name: `default:postgres-${majorVersion(engineVersion)}`,
        parameter_group_name: `default.postgres${majorVersion(engineVersion)}`,
        master_user_secret: configured === undefined ? createManagedSecret(secrets, arn, username, password) : [],
      };
    },

    async update(planned, prior, { config }) {
      const identifier = text(prior.identifier);
      if (planned.identifier !== identifier) {
        throw new AwsError(
          "UnsupportedOperation",
          `The local AWS does not rename DB instances (${identifier} to ${planned.identifier}).`,
        );
      }
      rejectUnsupportedArguments(planned, instances.engineVersion);
      const { port } = instances.instance(identifier);
      if (planned.port !== port) await portOf(identifier, planned);
      if (!isPasswordChanged(planned, prior)) return {};
      const username = text(prior.username);
      const configured = configuredPassword(planned, config);
      const password = configured ?? generatePassword(random);
      await instances.instance(identifier).setPassword({ username, password });
      deleteManagedSecret(secrets, prior);
      const isManaged = configured === undefined;
      const arn = dbInstanceArn(identifier);
      return { master_user_secret: isManaged ? createManagedSecret(secrets, arn, username, password) : [] };
    },

    start: (attributes) => instances.run(text(attributes.identifier), attributes),

    read(attributes) {
      const { status, port = attributes.port } = instances.instance(text(attributes.identifier));
      return { ...attributes, status, port, endpoint: `${ADDRESS}:${port}` };
    },

    async delete(attributes) {
      if (attributes.deletion_protection === true) {
        throw new AwsError(
          "InvalidParameterCombination",
          "Cannot delete protected DB Instance, please disable deletion protection and try again.",
        );
      }
      if (attributes.skip_final_snapshot !== true && !text(attributes.final_snapshot_identifier)) {
        throw new AwsError(
          "InvalidParameterCombination",
          "final_snapshot_identifier is required when skip_final_snapshot is false",
        );
      }
      await instances.delete(text(attributes.identifier));
      deleteManagedSecret(secrets, attributes);
    },
  };
}

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

/** A managed password does not change as long as it remains managed. */
function isPasswordChanged(planned: Attributes, prior: Attributes): boolean {
  const wasManaged = prior.manage_master_user_password === true;
  const isManaged = planned.manage_master_user_password === true;
  if (wasManaged && isManaged) return false;
  return (
    wasManaged !== isManaged ||
    planned.password !== prior.password ||
    planned.password_wo_version !== prior.password_wo_version
  );
}
