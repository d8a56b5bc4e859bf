import { authorizedTaggedVersion } from "../authorized-tagged-version.ts";
import { versionHeaders } from "../object-headers.ts";
import { tagsToDocument } from "../tags.ts";
import { renderXml } from "../xml.ts";
import type { Operation } from "./context.ts";

export const getObjectTagging: Operation = (context, request) => {
  const version = authorizedTaggedVersion(context, request, "Get");
  return {
    headers: versionHeaders(context.store.bucket(request.bucket), version.versionId),
    body: renderXml("Tagging", tagsToDocument(version.tags)),
  };
};
