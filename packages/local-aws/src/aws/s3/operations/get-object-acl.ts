import { objectArn } from "../names.ts";
import { ownerAcl } from "../owner.ts";
import type { Operation } from "./context.ts";

export const getObjectAcl: Operation = ({ store, objects }, { bucket, key, query, call }) => {
  const versionId = query.get("versionId") ?? undefined;
  call.authorize(versionId === undefined ? "s3:GetObjectAcl" : "s3:GetObjectVersionAcl", objectArn(bucket, key));
  store.bucket(bucket);
  objects.find(bucket, key, versionId);
  return ownerAcl();
};
