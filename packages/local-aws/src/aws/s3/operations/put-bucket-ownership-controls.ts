import { putConfiguration } from "../configuration-operations.ts";

export const putBucketOwnershipControls = putConfiguration("ownershipControls");
