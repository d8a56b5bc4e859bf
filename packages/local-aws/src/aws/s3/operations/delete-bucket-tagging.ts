import { deleteConfiguration } from "../configuration-operations.ts";

export const deleteBucketTagging = deleteConfiguration("tagging");
