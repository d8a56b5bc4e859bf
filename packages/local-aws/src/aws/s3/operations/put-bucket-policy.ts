import { bodyText } from "../request.ts";
import { putConfiguration } from "./configuration-operations.ts";

export const putBucketPolicy = putConfiguration("policy", {
  read: async (request) => ({ Policy: await bodyText(request) }),
  status: 204,
});
