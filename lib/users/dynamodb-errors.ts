import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { UserStoreUnavailableError } from "./user-store.ts";

/**
 * The result of a call of DynamoDB. Failed conditions are thrown as they are, for the caller; every other error becomes
 * a UserStoreUnavailableError.
 */
export async function callDynamoDb<Result>(call: Promise<Result>): Promise<Result> {
  try {
    return await call;
  } catch (error) {
    if (isConditionFailure(error) || error instanceof TransactionCanceledException) throw error;
    throw new UserStoreUnavailableError("DynamoDB did not respond", { cause: error });
  }
}

export const isConditionFailure = (error: unknown): boolean => error instanceof ConditionalCheckFailedException;
