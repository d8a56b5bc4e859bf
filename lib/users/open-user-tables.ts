import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { Authenticator } from "./authenticator.ts";
import { DynamoDbCredentialStore } from "./dynamodb-credential-store.ts";
import { DynamoDbSignInCounter } from "./dynamodb-sign-in-counter.ts";
import { DynamoDbUserStore } from "./dynamodb-user-store.ts";
import { createOpenIdConnectVerifier, type OpenIdConnectDependencies } from "./open-id-connect.ts";
import type { SignInSettings } from "./settings.ts";
import { SignInLimit } from "./sign-in-limit.ts";

/**
 * A client that gives up when DynamoDB, which usually responds within 10 ms, does not: well before the 10 s that API
 * Gateway waits for an authorizer.
 */
export const createDynamoDbClient = (): DynamoDBClient =>
  new DynamoDBClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
  });

/** An authenticator with the users of the tables, and those of the OpenID provider if there is one. */
export const openAuthenticator = (
  client: DynamoDBClient,
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
