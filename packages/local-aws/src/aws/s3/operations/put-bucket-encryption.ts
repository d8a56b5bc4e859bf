import { putConfiguration } from "../configuration-operations.ts";

export const putBucketEncryption = putConfiguration("encryption");
