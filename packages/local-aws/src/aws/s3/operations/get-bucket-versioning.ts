import { getConfiguration } from "../configuration-operations.ts";

export const getBucketVersioning = getConfiguration("versioning");
