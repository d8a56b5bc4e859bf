import { authorizedTaggedVersion } from "../authorized-tagged-version.ts";
import { versionHeaders } from "../object-headers.ts";
import { bodyDocument } from "../request.ts";
import { tagsFromDocument } from "../tags.ts";
import type { Operation } from "./context.ts";

export const putObjectTagging: Operation = async (context, request) => {
  const { store, objects } = context;
  const { versionId } = authorizedTaggedVersion(context, request, "Put");
  const tags = tagsFromDocument(await bodyDocument(request, "Tagging"));
  // Found again: while the body was read, the version may have been deleted or tagged.
  store.replaceVersion({ ...objects.find(request.bucket, request.key, versionId), tags });
  return { headers: versionHeaders(store.bucket(request.bucket), versionId) };
};
