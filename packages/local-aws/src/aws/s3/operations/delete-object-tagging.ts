import type { Operation } from "../context.ts";
import { versionHeaders } from "../object-headers.ts";
import { authorizeTagging } from "./authorize-tagging.ts";

export const deleteObjectTagging: Operation = (context, request) => {
  const version = authorizeTagging(context, request, "Delete");
  context.store.replaceVersion({ ...version, tags: {} });
  return { status: 204, headers: versionHeaders(context.store.bucket(request.bucket), version.versionId) };
};
