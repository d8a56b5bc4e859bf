import { type AwsError, hasCode } from "../aws/aws-error.ts";
import { UserStoreUnavailableError } from "./user-store.ts";

/**
 * The result of a call of DynamoDB. Failed conditions are thrown as they are, for the caller; every other error becomes
 * a UserStoreUnavailableError.
 */
export async function callDynamoDb<Result>(call: Promise<Result>): Promise<Result> {
  try {
    return await call;
  } catch (error) {
    if (isConditionFailure(error) || isCanceledTransaction(error)) throw error;
    throw new UserStoreUnavailableError("DynamoDB did not respond", { cause: error });
  }
}

export const isConditionFailure = (error: unknown): boolean => hasCode(error, "ConditionalCheckFailedException");

export const isCanceledTransaction = (error: unknown): error is AwsError =>
  hasCode(error, "TransactionCanceledException");
