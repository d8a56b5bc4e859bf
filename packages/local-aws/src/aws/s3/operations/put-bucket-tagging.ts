import { putConfiguration } from "../configuration-operations.ts";

export const putBucketTagging = putConfiguration("tagging", { status: 204 });
