import { putConfiguration } from "../configuration-operations.ts";
import { bodyText } from "../request.ts";

export const putBucketPolicy = putConfiguration("policy", {
  read: async (request) => ({ Policy: await bodyText(request) }),
  status: 204,
});
