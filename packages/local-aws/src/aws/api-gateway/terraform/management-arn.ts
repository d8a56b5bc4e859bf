import { REGION } from "../../../runtime/account.ts";

/**
 * ARN of a resource in the management API, which has no account ID.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 */
export function managementArn(path: string): string {
  return `arn:aws:apigateway:${REGION}::${path}`;
}

export function apiArn(id: string): string {
  return managementArn(`/apis/${id}`);
}
