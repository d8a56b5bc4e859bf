import { REGION } from "../../../runtime/account.ts";
import { OWNER } from "../owner.ts";
import { renderXml } from "../xml.ts";
import type { Operation } from "./context.ts";

export const listBuckets: Operation = ({ store }, { query, call }) => {
  call.authorize("s3:ListAllMyBuckets", "*");
  const prefix = query.get("prefix") ?? "";
  const buckets = store.buckets().filter(({ name }) => name.startsWith(prefix));
  return {
    body: renderXml("ListAllMyBucketsResult", {
      Owner: OWNER,
      Buckets: {
        Bucket: buckets.map(({ name, created }) => ({
          Name: name,
          CreationDate: new Date(created).toISOString(),
          BucketRegion: REGION,
        })),
      },
    }),
  };
};
