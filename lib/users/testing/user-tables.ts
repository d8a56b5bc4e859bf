import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { startDynamoDbServer } from "@nv-demo/local-aws/testing";
import type { AuditEvent, AuditLog } from "../../audit/audit-log.ts";
import type { DynamoDb } from "../../aws/dynamodb.ts";
import { dynamoDb, JsonClient } from "../../aws/json-client.ts";
import { silentLog } from "../../log/testing/silent-log.ts";
import { CREDENTIALS_BY_USER, DynamoDbCredentialStore } from "../dynamodb-credential-store.ts";
import { DynamoDbUserStore } from "../dynamodb-user-store.ts";
import { openAuthenticator } from "../open-user-tables.ts";
import type { UserTables } from "../settings.ts";
import { UserDirectory } from "../user-directory.ts";

/** Milliseconds. On a busy machine, many requests at once take longer than those of a function on AWS. */
const LIMITS = { connectTimeout: 20_000, timeout: 20_000 } as const;

const tables: UserTables = { users: "users", credentials: "credentials", signIns: "sign-ins" };

/** Keeps the audit events in memory. */
export class MemoryAuditLog implements AuditLog {
  readonly events: AuditEvent[] = [];

  async record(event: AuditEvent): Promise<void> {
    this.events.push(event);
  }
}

/** A clock that a test sets. */
export class TestClock {
  milliseconds = Date.UTC(2026, 0, 2, 3, 4, 5);

  now(): number {
    return this.milliseconds;
  }

  advance(seconds: number): void {
    this.milliseconds += seconds * 1_000;
  }
}

/** The users of a test: the real classes with tables in a real DynamoDB engine. */
export interface TestUsers {
  readonly client: DynamoDb;
  readonly tables: UserTables;
  readonly clock: TestClock;
  readonly audit: MemoryAuditLog;
  readonly users: DynamoDbUserStore;
  readonly credentials: DynamoDbCredentialStore;
  readonly directory: UserDirectory;
  readonly authenticator: ReturnType<typeof openAuthenticator>;
  remove(): Promise<void>;
}

export async function startTestUsers(): Promise<TestUsers> {
  const server = await startDynamoDbServer();
  const admin = new DynamoDBClient(server.client);
  for (const definition of definitions) await admin.send(new CreateTableCommand(definition));
  admin.destroy();
  const { endpoint, region, credentials: keys } = server.client;
  const access = { endpoint: () => endpoint, region, credentials: async () => keys };
  const client = new JsonClient(dynamoDb, access, LIMITS) as DynamoDb;
  const clock = new TestClock();
  const audit = new MemoryAuditLog();
  const users = new DynamoDbUserStore(client, tables.users);
  const credentials = new DynamoDbCredentialStore(client, tables.credentials);
  return {
    client,
    tables,
    clock,
    audit,
    users,
    credentials,
    directory: new UserDirectory({ users, credentials, audit, clock }),
    authenticator: openAuthenticator(client, { tables, openIdConnect: undefined }, { clock, log: silentLog }),
    remove: async () => {
      await server.remove();
    },
  };
}

/** The keys of the tables, as the stack `users` creates them. */
const definitions: readonly CreateTableCommandInput[] = [
  table(tables.users, "name"),
  {
    ...table(tables.credentials, "hash", "user"),
    GlobalSecondaryIndexes: [
      {
        IndexName: CREDENTIALS_BY_USER,
        KeySchema: [{ AttributeName: "user", KeyType: "HASH" }],
        Projection: { ProjectionType: "ALL" },
      },
    ],
  },
  table(tables.signIns, "subject"),
];

function table(name: string, key: string, ...others: readonly string[]): CreateTableCommandInput {
  return {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: [{ AttributeName: key, KeyType: "HASH" }],
    AttributeDefinitions: [key, ...others].map((AttributeName) => ({ AttributeName, AttributeType: "S" as const })),
  };
}
