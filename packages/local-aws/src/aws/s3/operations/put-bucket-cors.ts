import { putConfiguration } from "../configuration-operations.ts";

export const putBucketCors = putConfiguration("cors");
