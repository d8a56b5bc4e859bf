import type { Environment } from "../environment/environment.ts";
import type { Access } from "./access.ts";
import type { Statement } from "./policy.ts";

/** The tables of users: names for the programs, ARNs for their permissions. */
export interface UserTableLocation {
  readonly usersTable: string;
  readonly usersTableArn: string;
  readonly credentialsTable: string;
  readonly credentialsTableArn: string;
  readonly signInsTable: string;
  readonly signInsTableArn: string;
}

/**
 * Signing users in: reads users and credentials, counts sign-ins, and may replace the hash of a password, but no other
 * attribute of a user.
 */
export const signInAccess = ({ openIdConnect }: Environment, location: UserTableLocation): Access => ({
  variables: {
    USERS_TABLE: location.usersTable,
    CREDENTIALS_TABLE: location.credentialsTable,
    SIGN_INS_TABLE: location.signInsTable,
    ...(openIdConnect && { OPEN_ID_CONNECT: JSON.stringify(openIdConnect) }),
  },
  statements: [
    {
      sid: "ReadUsersAndCredentials",
      actions: ["dynamodb:GetItem"],
      resources: [location.usersTableArn, location.credentialsTableArn],
    },
    {
      sid: "ReplacePasswordHashes",
      actions: ["dynamodb:UpdateItem"],
      resources: [location.usersTableArn],
      conditions: {
        "ForAllValues:StringEquals": { "dynamodb:Attributes": ["name", "passwordHash"] },
        StringEqualsIfExists: { "dynamodb:ReturnValues": "NONE" },
      },
    },
    {
      sid: "CountSignIns",
      actions: ["dynamodb:GetItem", "dynamodb:UpdateItem"],
      resources: [location.signInsTableArn],
    },
  ],
});

/** Creating users and access keys. */
export const initializeUsersStatements = (location: UserTableLocation): Statement[] => [
  {
    sid: "CreateUsers",
    actions: ["dynamodb:GetItem", "dynamodb:PutItem"],
    resources: [location.usersTableArn],
  },
  {
    sid: "CreateKeys",
    actions: ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem"],
    resources: [location.credentialsTableArn],
  },
  listKeys(location),
];

/** The index of the table of access keys and sessions, which programs query by the name of the user. */
export const CREDENTIALS_BY_USER = "by-user";

/** Managing users, access keys and sessions. */
export const manageUsersStatements = (location: UserTableLocation): Statement[] => [
  {
    sid: "ManageUsers",
    actions: ["dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:Scan", "dynamodb:UpdateItem"],
    resources: [location.usersTableArn],
  },
  {
    sid: "ManageKeysAndSessions",
    actions: ["dynamodb:DeleteItem", "dynamodb:PutItem"],
    resources: [location.credentialsTableArn],
  },
  listKeys(location),
];

const listKeys = ({ credentialsTableArn }: UserTableLocation): Statement => ({
  sid: "ListKeys",
  actions: ["dynamodb:Query"],
  resources: [`${credentialsTableArn}/index/${CREDENTIALS_BY_USER}`],
});
