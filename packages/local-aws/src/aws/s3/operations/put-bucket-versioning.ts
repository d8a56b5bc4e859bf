import { putConfiguration } from "../configuration-operations.ts";

export const putBucketVersioning = putConfiguration("versioning");
