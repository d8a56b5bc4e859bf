import type { DynamoDb } from "../aws/dynamodb.ts";
import { Authenticator } from "./authenticator.ts";
import { DynamoDbCredentialStore } from "./dynamodb-credential-store.ts";
import { DynamoDbSignInCounter } from "./dynamodb-sign-in-counter.ts";
import { DynamoDbUserStore } from "./dynamodb-user-store.ts";
import { createOpenIdConnectVerifier, type OpenIdConnectDependencies } from "./open-id-connect.ts";
import type { SignInSettings } from "./settings.ts";
import { SignInLimit } from "./sign-in-limit.ts";

/** An authenticator with the users of the tables, and those of the OpenID provider if there is one. */
export const openAuthenticator = (
  client: DynamoDb,
  { tables, openIdConnect }: SignInSettings,
  { clock, log }: OpenIdConnectDependencies,
): Authenticator =>
  new Authenticator({
    users: new DynamoDbUserStore(client, tables.users),
    credentials: new DynamoDbCredentialStore(client, tables.credentials),
    limit: new SignInLimit(new DynamoDbSignInCounter(client, tables.signIns, clock)),
    openIdConnect: openIdConnect && createOpenIdConnectVerifier(openIdConnect, { clock, log }),
    clock,
  });
