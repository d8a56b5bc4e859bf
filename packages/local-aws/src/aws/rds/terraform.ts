import type { ResourceHandler, TerraformParts } from "../../provider/resource.ts";
import type { ManagedSecrets } from "../secrets-manager/managed-secrets.ts";
import type { RandomInteger } from "../secrets-manager/random-integer.ts";
import type { Parameter } from "./parameters.ts";
import type { Rds } from "./rds.ts";
import { dbInstanceHandler } from "./terraform/db-instance.ts";
import { dbInstanceData } from "./terraform/db-instance-data.ts";

/** Subnet groups, option groups and monitoring roles need no handler: nothing of them lives on this machine. */
export function rdsTerraform(rds: Rds, secrets: ManagedSecrets, random: RandomInteger): TerraformParts {
  return {
    resources: [parameterGroupHandler(rds), dbInstanceHandler(rds, secrets, random)],
    dataSources: [dbInstanceData(rds)],
  };
}

function parameterGroupHandler(rds: Rds): ResourceHandler {
  return {
    type: "aws_db_parameter_group",
    identifiers: { arn: "rds:*:pg:{name}" },
    identity: ({ name }) => (typeof name === "string" ? name : undefined),
    start: ({ name, parameter }) => rds.setParameterGroup(String(name), (parameter ?? []) as Parameter[]),
    delete: ({ name }) => rds.removeParameterGroup(String(name)),
  };
}
