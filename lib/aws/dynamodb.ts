import type {
  DeleteItemCommandInput,
  DeleteItemCommandOutput,
  GetItemCommandInput,
  GetItemCommandOutput,
  PutItemCommandInput,
  PutItemCommandOutput,
  QueryCommandInput,
  QueryCommandOutput,
  ScanCommandInput,
  ScanCommandOutput,
  TransactWriteItemsCommandInput,
  TransactWriteItemsCommandOutput,
  UpdateItemCommandInput,
  UpdateItemCommandOutput,
} from "@aws-sdk/client-dynamodb";
import type { AwsAccess } from "./access.ts";
import { dynamoDb, JsonClient } from "./json-client.ts";

interface DynamoDbActions {
  readonly DeleteItem: { readonly input: DeleteItemCommandInput; readonly output: DeleteItemCommandOutput };
  readonly GetItem: { readonly input: GetItemCommandInput; readonly output: GetItemCommandOutput };
  readonly PutItem: { readonly input: PutItemCommandInput; readonly output: PutItemCommandOutput };
  readonly Query: { readonly input: QueryCommandInput; readonly output: QueryCommandOutput };
  readonly Scan: { readonly input: ScanCommandInput; readonly output: ScanCommandOutput };
  readonly TransactWriteItems: {
    readonly input: TransactWriteItemsCommandInput;
    readonly output: TransactWriteItemsCommandOutput;
  };
  readonly UpdateItem: { readonly input: UpdateItemCommandInput; readonly output: UpdateItemCommandOutput };
}

/** The actions of DynamoDB that programs use. */
export type DynamoDb = Pick<JsonClient<DynamoDbActions>, "call">;

/**
 * Milliseconds. When DynamoDB, which usually responds within 10 ms, does not, a program fails well before the 10 s that
 * API Gateway waits for an authorizer.
 */
const LIMITS = { connectTimeout: 1_000, responseTimeout: 2_000, timeout: 8_000 } as const;

export const openDynamoDb = (access: AwsAccess): DynamoDb => new JsonClient<DynamoDbActions>(dynamoDb, access, LIMITS);
