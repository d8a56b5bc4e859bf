import { authorizedTaggedVersion } from "../authorized-tagged-version.ts";
import { versionHeaders } from "../object-headers.ts";
import type { Operation } from "./context.ts";

export const deleteObjectTagging: Operation = (context, request) => {
  const version = authorizedTaggedVersion(context, request, "Delete");
  context.store.replaceVersion({ ...version, tags: {} });
  return { status: 204, headers: versionHeaders(context.store.bucket(request.bucket), version.versionId) };
};
