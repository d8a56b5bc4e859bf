import { getConfiguration } from "../configuration-operations.ts";

export const getBucketCors = getConfiguration("cors");
