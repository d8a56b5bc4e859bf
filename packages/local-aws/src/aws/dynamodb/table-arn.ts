import { arn } from "../../runtime/account.ts";

/** A table may be named by its ARN. */
export function tableArn(reference: string): string {
  return reference.startsWith("arn:") ? reference : arn("dynamodb", `table/${reference}`);
}

export function tableName(reference: string): string {
  return /:table\/([^/]+)/.exec(reference)?.[1] ?? reference;
}
