import { encodeKey } from "../../lib/keys/object-key.ts";
import type { CatalogFile, FileRecord } from "./file-record.ts";
import { routes } from "./routes.ts";

/** The first segments of the paths of the services `ui` and `docs`. The other services have theirs below `/api/`. */
const PAGES = ["ui", "docs"];

/** The first segments of all paths but `/{key+}`. */
const reservedSegments: ReadonlySet<string> = new Set([
  ...routes.map(({ path }) => path.split("/")[1] ?? "").filter((segment) => segment !== "" && !segment.startsWith("{")),
  ...PAGES,
]);

/**
 * The API's own address for a file, from which the caller downloads it with the same credentials: `/{key+}`, as in the
 * original. API Gateway prefers routes with literal segments to that one, so `/health` is not the file `health`. The
 * address of a file in a segment that such a route uses is therefore `/api/files/{key+}`.
 *
 * @param baseUrl the URL by which the caller reached the API
 */
export const fileUrl = (baseUrl: string, key: string): string => {
  const [segment = ""] = key.split("/", 1);
  return `${baseUrl}${reservedSegments.has(segment) ? "/api/files" : ""}/${encodeKey(key)}`;
};

/** The record of a file with its address. It is not cached with one, which depends on the request of the caller. */
export const toRecord = ({ filename, prefix_path, s3_bucket, ...rest }: CatalogFile, baseUrl: string): FileRecord => ({
  filename,
  prefix_path,
  s3_bucket,
  url: fileUrl(baseUrl, prefix_path),
  ...rest,
});
