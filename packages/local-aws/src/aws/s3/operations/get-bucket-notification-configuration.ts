import { getConfiguration } from "../configuration-operations.ts";

export const getBucketNotificationConfiguration = getConfiguration("notification");
