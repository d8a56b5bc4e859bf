import * as v from "valibot";
import { text } from "../environment/parse-environment.ts";
import { type OpenIdConnectSettings, openIdConnectSettings } from "./open-id-connect-settings.ts";

/** The variables of every program that signs users in, to be spread into the program's own schema. */
export const signInVariables = {
  USERS_TABLE: text,
  CREDENTIALS_TABLE: text,
  SIGN_INS_TABLE: text,
  OPEN_ID_CONNECT: v.optional(openIdConnectSettings),
};

const variables = v.object(signInVariables);

/** The names of the DynamoDB tables. */
export interface UserTables {
  readonly users: string;
  readonly credentials: string;
  /** Counts of sign-ins. */
  readonly signIns: string;
}

export interface SignInSettings {
  readonly tables: UserTables;
  /** Undefined without an OpenID provider. */
  readonly openIdConnect: OpenIdConnectSettings | undefined;
}

export const signInSettings = (values: v.InferOutput<typeof variables>): SignInSettings => ({
  tables: {
    users: values.USERS_TABLE,
    credentials: values.CREDENTIALS_TABLE,
    signIns: values.SIGN_INS_TABLE,
  },
  openIdConnect: values.OPEN_ID_CONNECT,
});
