import { arn } from "../../runtime/account.ts";

export function logGroupArn(group: string): string {
  return arn("logs", `log-group:${group}`);
}

export function logStreamArn(group: string, stream: string): string {
  return `${logGroupArn(group)}:log-stream:${stream}`;
}
