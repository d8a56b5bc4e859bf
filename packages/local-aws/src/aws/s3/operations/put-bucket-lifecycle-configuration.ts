import { putConfiguration } from "../configuration-operations.ts";

export const putBucketLifecycleConfiguration = putConfiguration("lifecycle");
