import type { TerraformParts } from "../../../provider/resource-handler.ts";
import type { LogGroupTags } from "../log-group-tags.ts";
import type { LogStore } from "../log-store.ts";
import { logGroupDataSource, logGroupResource } from "./log-group.ts";
import { logStreamResource } from "./log-stream.ts";

export function logsTerraform(store: LogStore, tags: LogGroupTags): TerraformParts {
  return {
    resources: [logGroupResource(store, tags), logStreamResource(store)],
    dataSources: [logGroupDataSource(store)],
  };
}
