import type { UploadContent } from "./object-store.ts";

/** The headers of the request that uploads this content to S3, in lower case. */
export function headersOf({
  contentType,
  size,
  sha256,
  metadata = {},
}: UploadContent): Readonly<Record<string, string>> {
  return {
    ...(contentType !== undefined && { "content-type": contentType }),
    ...(size !== undefined && { "content-length": String(size) }),
    ...(sha256 !== undefined && { "x-amz-checksum-sha256": sha256 }),
    ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])),
  };
}
