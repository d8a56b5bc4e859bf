import { CONFIGURATIONS } from "./configurations.ts";
import type { S3Request } from "./request.ts";

type RequestLine = Pick<S3Request, "method" | "bucket" | "key" | "query" | "headers">;

/** Query parameters that select a subresource of a bucket or object, and the names of the subresources in actions. */
const SUBRESOURCES: Readonly<Record<string, string>> = {
  abac: "Abac",
  accelerate: "AccelerateConfiguration",
  acl: "Acl",
  analytics: "AnalyticsConfiguration",
  attributes: "Attributes",
  "intelligent-tiering": "IntelligentTieringConfiguration",
  inventory: "InventoryConfiguration",
  "legal-hold": "LegalHold",
  location: "Location",
  metadataConfiguration: "MetadataConfiguration",
  metadataTable: "MetadataTableConfiguration",
  metrics: "MetricsConfiguration",
  "object-lock": "ObjectLockConfiguration",
  policyStatus: "PolicyStatus",
  replication: "Replication",
  requestPayment: "RequestPayment",
  retention: "Retention",
  tagging: "Tagging",
  torrent: "Torrent",
  website: "Website",
};

const VERBS: Readonly<Record<string, string>> = { GET: "Get", HEAD: "Get", PUT: "Put", DELETE: "Delete", POST: "Post" };

/** The AWS name of the requested action, supported or not, by method, path and query. */
export function actionName(request: RequestLine): string {
  if (request.bucket === "") return request.method === "GET" ? "ListBuckets" : `${request.method} /`;
  return request.key === "" ? bucketAction(request) : objectAction(request);
}

function bucketAction({ method, query }: RequestLine): string {
  for (const [name, { action }] of Object.entries(CONFIGURATIONS)) {
    if (query.has(name)) return `${VERBS[method]}${action}`;
  }
  const subresource = subresourceOf(query);
  if (subresource) return `${VERBS[method]}Bucket${subresource}`;
  switch (method) {
    case "GET":
      if (query.has("uploads")) return "ListMultipartUploads";
      if (query.has("versions")) return "ListObjectVersions";
      if (query.has("session")) return "CreateSession";
      return query.get("list-type") === "2" ? "ListObjectsV2" : "ListObjects";
    case "HEAD":
      return "HeadBucket";
    case "PUT":
      return "CreateBucket";
    case "DELETE":
      return "DeleteBucket";
    case "POST":
      return query.has("delete") ? "DeleteObjects" : "PostObject";
    default:
      return `${method} on a bucket`;
  }
}

function objectAction({ method, query, headers }: RequestLine): string {
  const subresource = subresourceOf(query);
  if (subresource) return `${VERBS[method]}Object${subresource}`;
  const upload = query.has("uploadId");
  const copy = headers["x-amz-copy-source"] !== undefined;
  switch (method) {
    case "GET":
      return upload ? "ListParts" : "GetObject";
    case "HEAD":
      return "HeadObject";
    case "PUT":
      if (upload) return copy ? "UploadPartCopy" : "UploadPart";
      if (query.has("renameObject")) return "RenameObject";
      return copy ? "CopyObject" : "PutObject";
    case "DELETE":
      return upload ? "AbortMultipartUpload" : "DeleteObject";
    case "POST":
      if (query.has("uploads")) return "CreateMultipartUpload";
      if (upload) return "CompleteMultipartUpload";
      if (query.has("select")) return "SelectObjectContent";
      return query.has("restore") ? "RestoreObject" : "POST on an object";
    default:
      return `${method} on an object`;
  }
}

function subresourceOf(query: URLSearchParams): string | undefined {
  const parameter = Object.keys(SUBRESOURCES).find((candidate) => query.has(candidate));
  return parameter && SUBRESOURCES[parameter];
}
