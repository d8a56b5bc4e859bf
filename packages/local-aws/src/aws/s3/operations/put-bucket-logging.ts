import { putConfiguration } from "../configuration-operations.ts";

export const putBucketLogging = putConfiguration("logging");
