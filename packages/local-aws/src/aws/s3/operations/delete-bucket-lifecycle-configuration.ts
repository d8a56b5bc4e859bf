import { deleteConfiguration } from "../configuration-operations.ts";

export const deleteBucketLifecycleConfiguration = deleteConfiguration("lifecycle");
