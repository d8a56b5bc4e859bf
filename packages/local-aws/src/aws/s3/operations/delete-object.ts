import { checkWriteConditions } from "../conditions.ts";
import { objectArn } from "../names.ts";
import { requesterOf } from "../request.ts";
import type { Operation } from "./context.ts";

export const deleteObject: Operation = ({ store, objects }, request) => {
  const { bucket, key, query, headers, call } = request;
  const versionId = query.get("versionId") ?? undefined;
  call.authorize(versionId === undefined ? "s3:DeleteObject" : "s3:DeleteObjectVersion", objectArn(bucket, key));
  store.bucket(bucket);
  checkWriteConditions({ "if-match": headers["if-match"] }, key, objects.current(bucket, key));
  const deletion = objects.delete(bucket, key, versionId, "ObjectRemoved", requesterOf(request));
  return {
    status: 204,
    headers: {
      "x-amz-version-id": deletion.versionId,
      "x-amz-delete-marker": deletion.deleteMarker ? "true" : undefined,
    },
  };
};
