import { paginate } from "../../../gateway/paginate.ts";
import type { Call } from "../../../gateway/protocol.ts";
import { arn } from "../../../runtime/account.ts";
import { type PageInput, pageOptions } from "../page-input.ts";
import type { SqsContext } from "./context.ts";

interface Input extends PageInput {
  readonly QueueNamePrefix?: string;
}

export const listQueues =
  ({ queues }: SqsContext) =>
  ({ QueueNamePrefix = "", ...input }: Input, call: Call): object => {
    call.authorize("sqs:ListQueues", arn("sqs", "*"));
    const names = queues
      .all()
      .map(({ name }) => name)
      .filter((name) => name.startsWith(QueueNamePrefix))
      .sort();
    const { page, next } = paginate(names, pageOptions(input));
    return { QueueUrls: page.map((name) => queues.urlOf(name)), NextToken: next };
  };
