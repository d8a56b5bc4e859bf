import { paginate } from "../../../gateway/paginate.ts";
import type { Call } from "../../../gateway/protocol.ts";
import { logGroupArn } from "../arns.ts";
import type { LogGroup } from "../log-store.ts";
import { MAX_DESCRIBED, type PageInput, pageOptions } from "../page-input.ts";
import type { LogsContext } from "./context.ts";

interface Input extends PageInput {
  readonly logGroupNamePrefix?: string;
  readonly logGroupNamePattern?: string;
}

export const describeLogGroups =
  ({ store }: LogsContext) =>
  (input: Input, call: Call): object => {
    call.authorize("logs:DescribeLogGroups", `${logGroupArn("*")}:*`);
    const { logGroupNamePrefix: prefix = "", logGroupNamePattern: pattern = "" } = input;
    const groups = store.groups().filter(({ name }) => name.startsWith(prefix) && name.includes(pattern));
    const { page, next } = paginate(groups, pageOptions(input, MAX_DESCRIBED));
    return { logGroups: page.map(describe), nextToken: next };
  };

function describe({ name, creationTime, retentionInDays }: LogGroup): object {
  return {
    logGroupName: name,
    creationTime,
    retentionInDays,
    metricFilterCount: 0,
    storedBytes: 0,
    arn: `${logGroupArn(name)}:*`,
    logGroupArn: logGroupArn(name),
    logGroupClass: "STANDARD",
  };
}
