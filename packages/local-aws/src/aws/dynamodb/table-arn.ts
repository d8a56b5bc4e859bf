import { arn } from "../../runtime/account.ts";

/** @param reference name or ARN, as in requests. */
export function tableArn(reference: string): string {
  return reference.startsWith("arn:") ? reference : arn("dynamodb", `table/${reference}`);
}

/** @param reference name or ARN, as in requests. */
export function tableName(reference: string): string {
  return /:table\/([^/]+)/.exec(reference)?.[1] ?? reference;
}
