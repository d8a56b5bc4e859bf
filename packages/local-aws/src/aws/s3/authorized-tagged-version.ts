import { authorizedVersion } from "./authorized-version.ts";
import { objectArn } from "./names.ts";
import type { ObjectVersion } from "./object-version.ts";
import type { S3Context } from "./operations/context.ts";
import type { S3Request } from "./request.ts";

/** Authorizes a tagging action (`s3:GetObjectTagging`, `s3:GetObjectVersionTagging`, …) and returns the version. */
export function authorizedTaggedVersion(
  context: Pick<S3Context, "store" | "objects">,
  request: S3Request,
  verb: "Get" | "Put" | "Delete",
): ObjectVersion {
  const versionId = request.query.get("versionId") ?? undefined;
  const action = `s3:${verb}Object${versionId === undefined ? "" : "Version"}Tagging`;
  request.call.authorize(action, objectArn(request.bucket, request.key));
  return authorizedVersion(context, request, versionId);
}
