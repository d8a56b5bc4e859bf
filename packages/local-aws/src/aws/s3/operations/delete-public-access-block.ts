import { deleteConfiguration } from "../configuration-operations.ts";

export const deletePublicAccessBlock = deleteConfiguration("publicAccessBlock");
