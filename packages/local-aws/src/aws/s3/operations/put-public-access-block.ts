import { putConfiguration } from "../configuration-operations.ts";

export const putPublicAccessBlock = putConfiguration("publicAccessBlock");
