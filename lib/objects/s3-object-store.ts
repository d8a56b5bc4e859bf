import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { decodeEventKey } from "../keys/event-key.ts";
import { withDeadline } from "../time/deadline.ts";
import type {
  CopySource,
  ListedObject,
  ObjectLister,
  ObjectMetadata,
  ObjectStore,
  ObjectStoreError,
  OpenObject,
  PresignedUpload,
  UploadContent,
  VersionPage,
  WriteOptions,
} from "./object-store.ts";
import { deletionError, isMissingObject, isMissingVersion, translateS3Error } from "./s3-error.ts";
import { copySource, limits, translateErrors, within } from "./s3-request.ts";
import { versionsOf } from "./s3-versions.ts";
import { headersOf } from "./upload-headers.ts";
import type { UserMetadata } from "./user-metadata.ts";

/** S3's default for an object that was stored without a type. */
const DEFAULT_TYPE = "binary/octet-stream";

/**
 * An S3 client whose presigned URLs work with a plain `curl -T`: by default, the SDK would sign the checksum of an
 * empty body into them. {@link S3ObjectStore} requests a checksum where it sends the body itself.
 */
export const createS3Client = (config: S3ClientConfig = {}): S3Client =>
  new S3Client({
    maxAttempts: 2,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    ...config,
  });

/**
 * A bucket in S3. The role needs `s3:ListBucket` in addition to the permissions for objects: without it, S3 returns 403
 * for a missing object.
 */
export class S3ObjectStore implements ObjectStore, ObjectLister {
  readonly #client: S3Client;
  readonly #bucket: string;

  /** @param client created by {@link createS3Client} */
  constructor(client: S3Client, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  async head(key: string, version?: string): Promise<ObjectMetadata | undefined> {
    const command = new HeadObjectCommand({ Bucket: this.#bucket, Key: key, VersionId: version });
    return unlessMissing(version, async () => {
      const output = await this.#client.send(command, within(limits.request));
      return metadata(output, output.ContentLength ?? 0);
    });
  }

  async open(key: string, range?: string, version?: string): Promise<OpenObject | undefined> {
    const command = new GetObjectCommand({ Bucket: this.#bucket, Key: key, Range: range, VersionId: version });
    return unlessMissing(version, async () => {
      const output = await this.#client.send(command, within(limits.body));
      const { Body: body, ContentRange: contentRange, ContentLength: length = 0 } = output;
      const size = contentRange === undefined ? length : Number(contentRange.slice(contentRange.indexOf("/") + 1));
      return {
        metadata: metadata(output, size),
        length,
        contentRange,
        read: () =>
          translateErrors(withDeadline(body?.transformToByteArray() ?? Promise.resolve(new Uint8Array()), limits.body)),
        discard: () => {
          if (body && "destroy" in body) body.destroy();
        },
      };
    });
  }

  async listVersions(key: string, limit: number, after?: string): Promise<VersionPage> {
    const command = new ListObjectVersionsCommand({
      Bucket: this.#bucket,
      // Other keys begin with this one too; they follow it.
      Prefix: key,
      MaxKeys: limit,
      ...(after !== undefined && { KeyMarker: key, VersionIdMarker: after }),
      EncodingType: "url",
    });
    const output = await translateErrors(this.#client.send(command, within(limits.body)));
    const isNextOfKey = output.IsTruncated && decodeEventKey(output.NextKeyMarker ?? "") === key;
    return { versions: versionsOf(output, key), next: isNextOfKey ? output.NextVersionIdMarker : undefined };
  }

  async put(key: string, body: Uint8Array, contentType: string, options: WriteOptions = {}): Promise<void> {
    const command = new PutObjectCommand({
      Bucket: this.#bucket,
      Key: key,
      Body: body,
      ContentType: contentType,
      Metadata: { ...options.metadata },
      ChecksumAlgorithm: "CRC32",
      IfMatch: options.ifMatch,
      IfNoneMatch: options.ifNoneMatch,
    });
    await translateErrors(this.#client.send(command, within(limits.body)));
  }

  async delete(key: string, { ifMatch }: Pick<WriteOptions, "ifMatch"> = {}): Promise<void> {
    const command = new DeleteObjectCommand({ Bucket: this.#bucket, Key: key, IfMatch: ifMatch });
    await translateErrors(this.#client.send(command, within(limits.request)));
  }

  async deleteAll(keys: readonly string[]): Promise<ReadonlyMap<string, ObjectStoreError>> {
    const command = new DeleteObjectsCommand({
      Bucket: this.#bucket,
      Delete: { Objects: keys.map((Key) => ({ Key })), Quiet: true },
    });
    const { Errors = [] } = await translateErrors(this.#client.send(command, within(limits.body)));
    return new Map(Errors.map(({ Key = "", Code = "" }) => [Key, deletionError(Code)]));
  }

  async copy(source: CopySource, to: string, { ifNoneMatch }: Pick<WriteOptions, "ifNoneMatch"> = {}): Promise<string> {
    const command = new CopyObjectCommand({
      Bucket: this.#bucket,
      Key: to,
      ...copySource(this.#bucket, source),
      IfNoneMatch: ifNoneMatch,
    });
    const { CopyObjectResult: result } = await translateErrors(this.#client.send(command, within(limits.assembly)));
    return result?.ETag ?? "";
  }

  presignGet(key: string, expiresIn: number, disposition?: string, version?: string): Promise<string> {
    const command = new GetObjectCommand({
      Bucket: this.#bucket,
      Key: key,
      VersionId: version,
      ResponseContentDisposition: disposition,
    });
    return translateErrors(getSignedUrl(this.#client, command, { expiresIn }));
  }

  async presignPut(key: string, expiresIn: number, content: UploadContent = {}): Promise<PresignedUpload> {
    const command = new PutObjectCommand({
      Bucket: this.#bucket,
      Key: key,
      ContentType: content.contentType,
      ContentLength: content.size,
      ChecksumSHA256: content.sha256,
      Metadata: { ...content.metadata },
    });
    const headers = headersOf(content);
    const names = new Set(Object.keys(headers));
    // By default, the type is not signed, and the others become parameters of the URL that the request need not match.
    const options = { expiresIn, signableHeaders: names, unhoistableHeaders: names };
    return { url: await translateErrors(getSignedUrl(this.#client, command, options)), headers };
  }

  async listAfter(key: string): Promise<readonly ListedObject[]> {
    const command = new ListObjectsV2Command({
      Bucket: this.#bucket,
      StartAfter: key,
      // XML cannot represent every character of a key. The encoding is the same as in events.
      EncodingType: "url",
    });
    const { Contents = [] } = await translateErrors(this.#client.send(command, within(limits.body)));
    return Contents.map(({ Key = "", Size = 0, ETag = "" }) => ({ key: decodeEventKey(Key), size: Size, etag: ETag }));
  }

  async ping(): Promise<void> {
    await translateErrors(this.#client.send(new HeadBucketCommand({ Bucket: this.#bucket }), within(limits.request)));
  }
}

interface MetadataOutput {
  readonly ETag?: string | undefined;
  readonly LastModified?: Date | undefined;
  readonly ContentType?: string | undefined;
  readonly Metadata?: UserMetadata | undefined;
}

const metadata = ({ ETag, LastModified, ContentType, Metadata }: MetadataOutput, size: number): ObjectMetadata => ({
  size,
  etag: ETag ?? "",
  lastModified: LastModified ?? new Date(0),
  contentType: ContentType ?? DEFAULT_TYPE,
  userMetadata: Metadata ?? {},
});

async function unlessMissing<T>(version: string | undefined, operation: () => Promise<T>): Promise<T | undefined> {
  try {
    return await operation();
  } catch (error) {
    if (version === undefined ? isMissingObject(error) : isMissingVersion(error)) return undefined;
    throw translateS3Error(error);
  }
}
