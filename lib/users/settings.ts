import * as v from "valibot";
import { text } from "../environment/parse-environment.ts";

/** The variables of every program that signs users in, to be spread into the program's own schema. */
export const userVariables = { USERS_TABLE: text, CREDENTIALS_TABLE: text, SIGN_INS_TABLE: text };

const variables = v.object(userVariables);

/** The names of the DynamoDB tables. */
export interface UserTables {
  readonly users: string;
  readonly credentials: string;
  /** Counts of sign-ins. */
  readonly signIns: string;
}

export const userTables = (values: v.InferOutput<typeof variables>): UserTables => ({
  users: values.USERS_TABLE,
  credentials: values.CREDENTIALS_TABLE,
  signIns: values.SIGN_INS_TABLE,
});
