import { getConfiguration } from "../configuration-operations.ts";

export const getBucketLogging = getConfiguration("logging");
