import type { S3Response } from "./request.ts";
import { renderXml } from "./xml.ts";

/** The owner of every bucket and object. */
export const OWNER = { ID: "local", DisplayName: "local" };

/** The only possible ACL: with the bucket owner enforced, the owner has full control. */
export function ownerAcl(): S3Response {
  return {
    body: renderXml("AccessControlPolicy", {
      Owner: OWNER,
      AccessControlList: { Grant: [{ Grantee: OWNER, Permission: "FULL_CONTROL" }] },
    }),
  };
}
