import * as v from "valibot";
import { type Endpoint, endpoint, text } from "../environment/parse-environment.ts";
import { columnTypes } from "./column-types.ts";

/**
 * The connection settings of PostgreSQL. `verify-full` verifies the server's certificate and host name with Node's
 * certificate authorities.
 */
export interface DatabaseSettings {
  readonly endpoint: Endpoint;
  readonly database: string;
  readonly tls: "verify-full" | "off";
  readonly secretArn: string;
}

/** The variables of a program that uses the database, to be spread into the program's own schema. */
export const databaseVariables = {
  DATABASE_ENDPOINT: endpoint,
  DATABASE_NAME: text,
  DATABASE_TLS: v.picklist(["verify-full", "off"]),
  DATABASE_SECRET_ARN: text,
};

export const databaseSettings = (
  variables: v.InferOutput<v.ObjectSchema<typeof databaseVariables, undefined>>,
): DatabaseSettings => ({
  endpoint: variables.DATABASE_ENDPOINT,
  database: variables.DATABASE_NAME,
  tls: variables.DATABASE_TLS,
  secretArn: variables.DATABASE_SECRET_ARN,
});

/** The part of `pg`'s configuration that is the same for every user: where the server is, and the types of values. */
export const connectionOptions = ({ endpoint, database, tls }: DatabaseSettings) => ({
  host: endpoint.host,
  port: endpoint.port,
  database,
  ssl: tls === "verify-full" ? { rejectUnauthorized: true } : false,
  types: columnTypes,
});
