import { randomBytes } from "node:crypto";
import type { Attributes, ResourceHandler } from "../../../provider/resource.ts";
import { UNKNOWN, Unknown } from "../../../provider/unknown.ts";
import { arn } from "../../../runtime/account.ts";
import { AwsError } from "../../../runtime/error.ts";
import { isFree } from "../../../runtime/ports.ts";
import { givenOrUniqueName } from "../../../runtime/unique-name.ts";
import type { ManagedSecrets } from "../../secrets-manager/managed-secrets.ts";
import type { RandomInteger } from "../../secrets-manager/random-integer.ts";
import type { Rds } from "../rds.ts";
import { generatePassword, givenPassword, keepPassword, managedSecretArn } from "./master-password.ts";

const ADDRESS = "127.0.0.1";

/** Values that RDS gives to what the configuration leaves open. */
const DEFAULTS: Attributes = {
  availability_zone: "us-east-1a",
  backup_retention_period: 0,
  backup_target: "region",
  backup_window: "07:00-07:30",
  ca_cert_identifier: "rds-ca-rsa2048-g1",
  database_insights_mode: "standard",
  engine_lifecycle_support: "open-source-rds-extended-support",
  /** RDS's own zone in us-east-1. */
  hosted_zone_id: "Z2R2ITUGPM61AM",
  license_model: "postgresql-license",
  maintenance_window: "sun:05:00-sun:05:30",
  multi_az: false,
  network_type: "IPV4",
  storage_throughput: 0,
  storage_type: "gp2",
};

/** `aws_db_instance`: a real PostgreSQL. The data is made on create; the server runs from `start` on. */
export function dbInstanceHandler(rds: Rds, secrets: ManagedSecrets, random: RandomInteger): ResourceHandler {
  return {
    type: "aws_db_instance",
    identifiers: { arn: "rds:*:db:{identifier}" },
    identity: ({ identifier }) => (typeof identifier === "string" ? identifier : undefined),

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
      checkSupported(planned, rds.engineVersion);
      const identifier = givenOrUniqueName(planned.identifier, planned.identifier_prefix);
      const instanceArn = arn("rds", `db:${identifier}`);
      const username = String(planned.username);
      const given = givenPassword(planned, config);
      const port = await portOf(rds, identifier, planned.port);
      const password = given ?? generatePassword(random);
      await rds.instance(identifier).create({ username, password }, text(planned.db_name), generatePassword(random));
      const resourceId = `db-${randomBytes(13).toString("hex").toUpperCase()}`;
      return {
        ...DEFAULTS,
        id: resourceId,
        resource_id: resourceId,
        arn: instanceArn,
        identifier,
        identifier_prefix: "",
        address: ADDRESS,
        port,
        endpoint: `${ADDRESS}:${port}`,
        status: "available",
        engine_version: rds.engineVersion,
        engine_version_actual: rds.engineVersion,
        option_group_name: `default:postgres-${major(rds.engineVersion)}`,
        parameter_group_name: `default.postgres${major(rds.engineVersion)}`,
        master_user_secret: given === undefined ? keepPassword(secrets, instanceArn, username, password) : [],
      };
    },

    async update(planned, prior, { config }) {
      const identifier = String(prior.identifier);
      if (planned.identifier !== identifier) {
        throw new AwsError("UnsupportedOperation", "The local stand-in does not rename DB instances.");
      }
      checkSupported(planned, rds.engineVersion);
      const { port } = rds.instance(identifier);
      if (planned.port !== port) await portOf(rds, identifier, planned.port);
      const wasManaged = prior.manage_master_user_password === true;
      const isManaged = planned.manage_master_user_password === true;
      if (wasManaged && isManaged) return {};
      const isNew =
        wasManaged !== isManaged ||
        planned.password !== prior.password ||
        planned.password_wo_version !== prior.password_wo_version;
      if (!isNew) return {};
      const username = String(prior.username);
      const password = givenPassword(planned, config) ?? generatePassword(random);
      await rds.instance(identifier).setPassword({ username, password });
      const old = managedSecretArn(prior);
      if (old !== undefined) secrets.deleteManaged(old);
      const instanceArn = arn("rds", `db:${identifier}`);
      return { master_user_secret: isManaged ? keepPassword(secrets, instanceArn, username, password) : [] };
    },

    start: (attributes) => rds.run(String(attributes.identifier), attributes),

    read(attributes) {
      const { status, port = attributes.port } = rds.instance(String(attributes.identifier));
      return { ...attributes, status, port, endpoint: `${ADDRESS}:${port}` };
    },

    async delete(attributes) {
      const identifier = String(attributes.identifier);
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
      await rds.remove(identifier);
      const secret = managedSecretArn(attributes);
      if (secret !== undefined) secrets.deleteManaged(secret);
    },
  };
}

/** @throws AwsError for what the stand-in's PostgreSQL cannot be. */
function checkSupported(planned: Attributes, available: string): void {
  if (text(planned.engine) !== "postgres") {
    throw new AwsError("UnsupportedOperation", `The local stand-in has no engine "${planned.engine}": only postgres.`);
  }
  const version = text(planned.engine_version) ?? available;
  if (major(version) !== major(available)) {
    throw new AwsError(
      "InvalidParameterCombination",
      `Cannot find version ${version} for postgres: the local stand-in has ${available}.`,
    );
  }
  for (const argument of ["replicate_source_db", "snapshot_identifier"]) {
    if (text(planned[argument]) !== undefined) {
      throw new AwsError("UnsupportedOperation", `The local stand-in does not support ${argument} of aws_db_instance.`);
    }
  }
  if (!/^[A-Za-z][A-Za-z0-9_]{0,62}$/.test(text(planned.username) ?? "") || /^rds/i.test(String(planned.username))) {
    throw new AwsError("InvalidParameterValue", `MasterUsername ${planned.username} is not valid or a reserved word.`);
  }
}

/** The configured port, which must be free, or one that is. */
async function portOf(rds: Rds, identifier: string, configured: unknown): Promise<number> {
  if (typeof configured !== "number") return rds.choosePort(identifier);
  if (await isFree(configured)) return configured;
  throw new AwsError(
    "InvalidParameterValue",
    `Port ${configured} of 127.0.0.1 is taken by another program. Stop it, or leave out "port" of aws_db_instance ${identifier}, so that a free one is chosen.`,
  );
}

function major(version: string): string {
  return version.split(".")[0] ?? version;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
