import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  type ListPartsCommandOutput,
  type S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { WriteConditions } from "./object-store.ts";
import { copySource, limits, translateErrors, within } from "./s3-request.ts";
import type { CopyRange, PartReference, UploadedPart, UploadStore } from "./upload-store.ts";
import type { UserMetadata } from "./user-metadata.ts";

/**
 * The uploads of a bucket in S3. The role needs `s3:PutObject`, `s3:ListMultipartUploadParts` and
 * `s3:AbortMultipartUpload`.
 */
export class S3UploadStore implements UploadStore {
  readonly #client: S3Client;
  readonly #bucket: string;

  /** @param client created by `createS3Client` */
  constructor(client: S3Client, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  async create(key: string, contentType: string, metadata: UserMetadata): Promise<string> {
    const command = new CreateMultipartUploadCommand({
      Bucket: this.#bucket,
      Key: key,
      ContentType: contentType,
      Metadata: { ...metadata },
    });
    const { UploadId = "" } = await translateErrors(this.#client.send(command, within(limits.request)));
    return UploadId;
  }

  async listParts(key: string, uploadId: string): Promise<readonly UploadedPart[]> {
    const parts: UploadedPart[] = [];
    const time = within(limits.body);
    let marker: string | undefined;
    do {
      const command = new ListPartsCommand({
        Bucket: this.#bucket,
        Key: key,
        UploadId: uploadId,
        PartNumberMarker: marker,
      });
      const page: ListPartsCommandOutput = await translateErrors(this.#client.send(command, time));
      parts.push(...partsOf(page));
      marker = page.IsTruncated ? page.NextPartNumberMarker : undefined;
    } while (marker !== undefined);
    return parts;
  }

  presignPart(key: string, uploadId: string, number: number, expiresIn: number): Promise<string> {
    const command = new UploadPartCommand({
      Bucket: this.#bucket,
      Key: key,
      UploadId: uploadId,
      PartNumber: number,
    });
    return translateErrors(getSignedUrl(this.#client, command, { expiresIn }));
  }

  async copyPart(key: string, uploadId: string, number: number, { source, first, last }: CopyRange): Promise<string> {
    const command = new UploadPartCopyCommand({
      Bucket: this.#bucket,
      Key: key,
      UploadId: uploadId,
      PartNumber: number,
      ...copySource(this.#bucket, source),
      CopySourceRange: `bytes=${first}-${last}`,
    });
    const { CopyPartResult: result } = await translateErrors(this.#client.send(command, within(limits.body)));
    return result?.ETag ?? "";
  }

  async complete(
    key: string,
    uploadId: string,
    parts: readonly PartReference[],
    conditions: WriteConditions = {},
  ): Promise<string> {
    const command = new CompleteMultipartUploadCommand({
      Bucket: this.#bucket,
      Key: key,
      UploadId: uploadId,
      MultipartUpload: { Parts: parts.map(({ number, etag }) => ({ PartNumber: number, ETag: etag })) },
      IfMatch: conditions.ifMatch,
      IfNoneMatch: conditions.ifNoneMatch,
    });
    const { ETag = "" } = await translateErrors(this.#client.send(command, within(limits.assembly)));
    return ETag;
  }

  async abort(key: string, uploadId: string): Promise<void> {
    const command = new AbortMultipartUploadCommand({ Bucket: this.#bucket, Key: key, UploadId: uploadId });
    await translateErrors(this.#client.send(command, within(limits.body)));
  }
}

const partsOf = ({ Parts = [] }: ListPartsCommandOutput): UploadedPart[] =>
  Parts.map(({ PartNumber = 0, ETag = "", Size = 0, LastModified = new Date(0) }) => ({
    number: PartNumber,
    etag: ETag,
    size: Size,
    lastModified: LastModified,
  }));
