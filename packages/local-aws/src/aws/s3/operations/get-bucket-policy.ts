import { getConfiguration } from "../configuration-operations.ts";
import { childText } from "../xml.ts";

export const getBucketPolicy = getConfiguration("policy", (document) => ({
  headers: { "content-type": "application/json" },
  body: childText(document, "Policy"),
}));
