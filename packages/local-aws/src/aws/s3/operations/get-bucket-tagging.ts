import { getConfiguration } from "../configuration-operations.ts";

export const getBucketTagging = getConfiguration("tagging");
