import type { AwsClient } from "../aws/aws-client.ts";
import { elementsOf, escapeXml, textOf, type XmlElements } from "../aws/xml.ts";
import type { WriteConditions } from "./object-store.ts";
import { S3Bucket } from "./s3-bucket.ts";
import { limits, translateErrors } from "./s3-request.ts";
import { headersOf } from "./upload-headers.ts";
import type { CopyRange, PartReference, UploadedPart, UploadStore } from "./upload-store.ts";
import type { UserMetadata } from "./user-metadata.ts";

/**
 * The uploads of a bucket in S3. The role needs `s3:PutObject`, `s3:ListMultipartUploadParts` and
 * `s3:AbortMultipartUpload`.
 */
export class S3UploadStore implements UploadStore {
  readonly #bucket: S3Bucket;

  /** @param client created by `createS3Client` */
  constructor(client: AwsClient, bucket: string) {
    this.#bucket = new S3Bucket(client, bucket);
  }

  async create(key: string, contentType: string, metadata: UserMetadata): Promise<string> {
    const headers = headersOf({ contentType, metadata });
    const request = {
      operation: "CreateMultipartUpload",
      method: "POST",
      key,
      query: { uploads: "" },
      headers,
    } as const;
    const result = await translateErrors(this.#bucket.sendForXml(request, limits.request));
    return textOf(result, "UploadId") ?? "";
  }

  async listParts(key: string, uploadId: string): Promise<readonly UploadedPart[]> {
    const parts: UploadedPart[] = [];
    const endsAt = performance.now() + limits.body;
    let marker: string | undefined;
    do {
      const query = { uploadId, "part-number-marker": marker };
      const request = { operation: "ListParts", method: "GET", key, query } as const;
      const timeLeft = Math.max(0, Math.ceil(endsAt - performance.now()));
      const page = await translateErrors(this.#bucket.sendForXml(request, timeLeft));
      parts.push(...partsOf(page));
      marker = textOf(page, "IsTruncated") === "true" ? textOf(page, "NextPartNumberMarker") : undefined;
    } while (marker !== undefined);
    return parts;
  }

  presignPart(key: string, uploadId: string, number: number, expiresIn: number): Promise<string> {
    const query = { uploadId, partNumber: String(number) };
    const request = { operation: "UploadPart", method: "PUT", key, query } as const;
    return translateErrors(this.#bucket.presign(request, expiresIn));
  }

  async copyPart(key: string, uploadId: string, number: number, { source, first, last }: CopyRange): Promise<string> {
    const headers = {
      "x-amz-copy-source": this.#bucket.copySource(source.key, source.version),
      "x-amz-copy-source-if-match": source.etag,
      "x-amz-copy-source-range": `bytes=${first}-${last}`,
    };
    const query = { uploadId, partNumber: String(number) };
    const request = { operation: "UploadPartCopy", method: "PUT", key, query, headers } as const;
    return textOf(await translateErrors(this.#bucket.sendForXml(request, limits.body)), "ETag") ?? "";
  }

  async complete(
    key: string,
    uploadId: string,
    parts: readonly PartReference[],
    conditions: WriteConditions = {},
  ): Promise<string> {
    const request = {
      operation: "CompleteMultipartUpload",
      method: "POST",
      key,
      query: { uploadId },
      headers: {
        "content-type": "application/xml",
        "if-match": conditions.ifMatch,
        "if-none-match": conditions.ifNoneMatch,
      },
      body: completion(parts),
    } as const;
    return textOf(await translateErrors(this.#bucket.sendForXml(request, limits.assembly)), "ETag") ?? "";
  }

  async abort(key: string, uploadId: string): Promise<void> {
    const request = { operation: "AbortMultipartUpload", method: "DELETE", key, query: { uploadId } } as const;
    await translateErrors(this.#bucket.send(request, limits.body));
  }
}

function completion(parts: readonly PartReference[]): string {
  const elements = parts.map(
    ({ number, etag }) => `<Part><PartNumber>${number}</PartNumber><ETag>${escapeXml(etag)}</ETag></Part>`,
  );
  const namespace = "http://s3.amazonaws.com/doc/2006-03-01/";
  return `<CompleteMultipartUpload xmlns="${namespace}">${elements.join("")}</CompleteMultipartUpload>`;
}

const partsOf = (page: XmlElements): UploadedPart[] =>
  elementsOf(page, "Part").map((part) => ({
    number: Number(textOf(part, "PartNumber")),
    etag: textOf(part, "ETag") ?? "",
    size: Number(textOf(part, "Size")),
    lastModified: new Date(textOf(part, "LastModified") ?? 0),
  }));
