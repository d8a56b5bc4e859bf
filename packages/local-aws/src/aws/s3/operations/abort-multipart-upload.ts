import { objectArn } from "../names.ts";
import type { Operation } from "./context.ts";

export const abortMultipartUpload: Operation = async ({ store, blobs }, { bucket, key, query, call }) => {
  call.authorize("s3:AbortMultipartUpload", objectArn(bucket, key));
  const upload = store.upload(query.get("uploadId") ?? "", bucket, key);
  const parts = store.parts(upload.id);
  store.commit({ removeUpload: upload });
  await blobs.remove(parts.map(({ blob }) => blob));
  return { status: 204 };
};
