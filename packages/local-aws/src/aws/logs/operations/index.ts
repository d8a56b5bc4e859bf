import type { Operation } from "../../../gateway/protocol.ts";
import type { LogsContext } from "./context.ts";
import { createLogGroup } from "./create-log-group.ts";
import { createLogStream } from "./create-log-stream.ts";
import { deleteLogGroup } from "./delete-log-group.ts";
import { deleteLogStream } from "./delete-log-stream.ts";
import { deleteRetentionPolicy } from "./delete-retention-policy.ts";
import { deleteSubscriptionFilter } from "./delete-subscription-filter.ts";
import { describeLogGroups } from "./describe-log-groups.ts";
import { describeLogStreams } from "./describe-log-streams.ts";
import { describeSubscriptionFilters } from "./describe-subscription-filters.ts";
import { filterLogEvents } from "./filter-log-events.ts";
import { getLogEvents } from "./get-log-events.ts";
import { listTagsForResource } from "./list-tags-for-resource.ts";
import { putLogEvents } from "./put-log-events.ts";
import { putRetentionPolicy } from "./put-retention-policy.ts";
import { putSubscriptionFilter } from "./put-subscription-filter.ts";

export function logsOperations(context: LogsContext): Readonly<Record<string, Operation>> {
  return {
    CreateLogGroup: createLogGroup(context),
    CreateLogStream: createLogStream(context),
    DeleteLogGroup: deleteLogGroup(context),
    DeleteLogStream: deleteLogStream(context),
    DeleteRetentionPolicy: deleteRetentionPolicy(context),
    DeleteSubscriptionFilter: deleteSubscriptionFilter(context),
    DescribeLogGroups: describeLogGroups(context),
    DescribeLogStreams: describeLogStreams(context),
    DescribeSubscriptionFilters: describeSubscriptionFilters(context),
    FilterLogEvents: filterLogEvents(context),
    GetLogEvents: getLogEvents(context),
    ListTagsForResource: listTagsForResource(context),
    PutLogEvents: putLogEvents(context),
    PutRetentionPolicy: putRetentionPolicy(context),
    PutSubscriptionFilter: putSubscriptionFilter(context),
  };
}
