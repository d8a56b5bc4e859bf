import { deleteConfiguration } from "../configuration-operations.ts";

export const deleteBucketCors = deleteConfiguration("cors");
