import { type CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { didYouMean } from "../command-line/closest-match.ts";
import { UsageError } from "../command-line/errors.ts";

/** Where Lambda writes the log of a function. */
const FUNCTIONS = "/aws/lambda/";

/** The log groups of an environment, sorted: those whose names contain its prefix. */
export async function listLogGroups(client: Pick<CloudWatchLogsClient, "send">, prefix: string): Promise<string[]> {
  const names: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(new DescribeLogGroupsCommand({ logGroupNamePattern: prefix, nextToken }));
    names.push(...(page.logGroups ?? []).flatMap(({ logGroupName }) => logGroupName ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return names.filter((name) => isOf(prefix, name)).sort();
}

/** Whether the last part of the name that begins with the prefix belongs to this environment, not to one beside it. */
function isOf(prefix: string, group: string): boolean {
  return group.split("/").some((part) => part === prefix || part.startsWith(`${prefix}-`));
}

/** The name by which a user may call a log group: without the folder of Lambda and the prefix of the environment. */
export function shortName(group: string, prefix: string): string {
  const name = group.startsWith(FUNCTIONS) ? group.slice(FUNCTIONS.length) : group;
  return name.startsWith(`${prefix}-`) ? name.slice(prefix.length + 1) : name;
}

/** Whether there is a log group of exactly this name; those of Sum, such as `/ecs/display-service`, have no prefix. */
export async function logGroupExists(client: Pick<CloudWatchLogsClient, "send">, name: string): Promise<boolean> {
  // The group itself is the first of those that begin with its name.
  const page = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name, limit: 1 }));
  return page.logGroups?.[0]?.logGroupName === name;
}

/**
 * The log group that a user names: by its own name, by that of its function, or without the prefix.
 *
 * @param queries whose names may be meant as well.
 * @throws UsageError when there is none.
 */
export function findLogGroup(
  groups: readonly string[],
  prefix: string,
  name: string,
  queries: readonly { readonly name: string }[] = [],
): string {
  const names = (group: string) => [group, group.replace(FUNCTIONS, ""), shortName(group, prefix)];
  const found = groups.find((group) => names(group).includes(name));
  if (found !== undefined) return found;
  const known = [...groups.map((group) => shortName(group, prefix)), ...queries.map((query) => query.name)];
  const hint = didYouMean(name, known) || ` There are ${known.join(", ")}.`;
  throw new UsageError(`There is no function, log group or saved query "${name}".${hint}`);
}
