import type { Call } from "../../../gateway/protocol.ts";
import { arn } from "../../../runtime/account.ts";
import type { SqsContext } from "./context.ts";
import { page } from "./page.ts";

interface Input {
  readonly QueueNamePrefix?: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

export const listQueues =
  ({ queues }: SqsContext) =>
  ({ QueueNamePrefix = "", MaxResults, NextToken }: Input, call: Call): object => {
    call.authorize("sqs:ListQueues", arn("sqs", "*"));
    const names = queues
      .all()
      .map(({ name }) => name)
      .filter((name) => name.startsWith(QueueNamePrefix))
      .sort();
    const { items, next } = page(names, MaxResults, NextToken);
    return { QueueUrls: items.map((name) => queues.urlOf(name)), NextToken: next };
  };
