import type { IncomingHttpHeaders } from "node:http";
import type { AwsAccess } from "../aws/access.ts";
import { AwsClient, type AwsClientOptions } from "../aws/aws-client.ts";
import { readBody } from "../aws/exchange.ts";
import { s3 } from "../aws/service.ts";
import { elementsOf, escapeXml, textOf } from "../aws/xml.ts";
import { decodeEventKey } from "../keys/event-key.ts";
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
import { checksumHeader, S3Bucket } from "./s3-bucket.ts";
import { deletionError, isMissingObject, isMissingVersion, translateS3Error } from "./s3-error.ts";
import { limits, translateErrors } from "./s3-request.ts";
import { versionsOf } from "./s3-versions.ts";
import { headersOf } from "./upload-headers.ts";
import type { UserMetadata } from "./user-metadata.ts";

/** S3's default for an object that was stored without a type. */
const DEFAULT_TYPE = "binary/octet-stream";

const METADATA_PREFIX = "x-amz-meta-";

/** A client of S3 for {@link S3ObjectStore} and `S3UploadStore`. */
export const createS3Client = (access: AwsAccess, options: AwsClientOptions = {}): AwsClient =>
  new AwsClient(s3, access, options);

/**
 * A bucket in S3. The role needs `s3:ListBucket` in addition to the permissions for objects: without it, S3 returns 403
 * for a missing object.
 */
export class S3ObjectStore implements ObjectStore, ObjectLister {
  readonly #bucket: S3Bucket;

  /** @param client created by {@link createS3Client} */
  constructor(client: AwsClient, bucket: string) {
    this.#bucket = new S3Bucket(client, bucket);
  }

  async head(key: string, version?: string): Promise<ObjectMetadata | undefined> {
    const request = { operation: "HeadObject", method: "HEAD", key, query: { versionId: version } } as const;
    return unlessMissing(version, async () => {
      const { headers } = await this.#bucket.send(request, limits.request);
      return metadata(headers, Number(headers["content-length"]));
    });
  }

  async open(key: string, range?: string, version?: string): Promise<OpenObject | undefined> {
    const query = { versionId: version };
    const request = { operation: "GetObject", method: "GET", key, query, headers: { range } } as const;
    return unlessMissing(version, async () => {
      const response = await this.#bucket.open(request, limits.body);
      const { headers } = response;
      const length = Number(headers["content-length"]);
      const contentRange = headers["content-range"];
      const size = contentRange === undefined ? length : Number(contentRange.slice(contentRange.indexOf("/") + 1));
      return {
        metadata: metadata(headers, size),
        length,
        contentRange,
        read: () => translateErrors(readBody(response, AbortSignal.timeout(limits.body))),
        discard: () => response.destroy(),
      };
    });
  }

  async listVersions(key: string, limit: number, after?: string): Promise<VersionPage> {
    const query = {
      versions: "",
      // Other keys begin with this one too; they follow it.
      prefix: key,
      "max-keys": String(limit),
      ...(after !== undefined && { "key-marker": key, "version-id-marker": after }),
      "encoding-type": "url",
    };
    const request = { operation: "ListObjectVersions", method: "GET", query } as const;
    const listing = await translateErrors(this.#bucket.sendForXml(request, limits.body));
    const isTruncated = textOf(listing, "IsTruncated") === "true";
    const isNextOfKey = isTruncated && decodeEventKey(textOf(listing, "NextKeyMarker") ?? "") === key;
    return {
      versions: versionsOf(listing, key),
      next: isNextOfKey ? textOf(listing, "NextVersionIdMarker") : undefined,
    };
  }

  async put(key: string, body: Uint8Array, contentType: string, options: WriteOptions = {}): Promise<void> {
    const headers = {
      ...headersOf({ contentType, metadata: options.metadata }),
      ...checksumHeader(body),
      "if-match": options.ifMatch,
      "if-none-match": options.ifNoneMatch,
    };
    const request = { operation: "PutObject", method: "PUT", key, headers, body } as const;
    await translateErrors(this.#bucket.send(request, limits.body));
  }

  async delete(key: string, { ifMatch }: Pick<WriteOptions, "ifMatch"> = {}): Promise<void> {
    const headers = { "if-match": ifMatch };
    const request = { operation: "DeleteObject", method: "DELETE", key, headers } as const;
    await translateErrors(this.#bucket.send(request, limits.request));
  }

  async deleteAll(keys: readonly string[]): Promise<ReadonlyMap<string, ObjectStoreError>> {
    const objects = keys.map((key) => `<Object><Key>${escapeXml(key)}</Key></Object>`);
    const body = `<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${objects.join("")}<Quiet>true</Quiet></Delete>`;
    const headers = { "content-type": "application/xml", ...checksumHeader(body) };
    const request = { operation: "DeleteObjects", method: "POST", query: { delete: "" }, headers, body } as const;
    const result = await translateErrors(this.#bucket.sendForXml(request, limits.body));
    return new Map(
      elementsOf(result, "Error").map((error) => [
        textOf(error, "Key") ?? "",
        deletionError(textOf(error, "Code") ?? ""),
      ]),
    );
  }

  async copy(source: CopySource, to: string, { ifNoneMatch }: Pick<WriteOptions, "ifNoneMatch"> = {}): Promise<string> {
    const headers = {
      "x-amz-copy-source": this.#bucket.copySource(source.key, source.version),
      "x-amz-copy-source-if-match": source.etag,
      "if-none-match": ifNoneMatch,
    };
    const request = { operation: "CopyObject", method: "PUT", key: to, headers } as const;
    const result = await translateErrors(this.#bucket.sendForXml(request, limits.assembly));
    return textOf(result, "ETag") ?? "";
  }

  presignGet(key: string, expiresIn: number, disposition?: string, version?: string): Promise<string> {
    const query = { versionId: version, "response-content-disposition": disposition };
    const request = { operation: "GetObject", method: "GET", key, query } as const;
    return translateErrors(this.#bucket.presign(request, expiresIn));
  }

  async presignPut(key: string, expiresIn: number, content: UploadContent = {}): Promise<PresignedUpload> {
    const headers = headersOf(content);
    const request = { operation: "PutObject", method: "PUT", key, headers } as const;
    return { url: await translateErrors(this.#bucket.presign(request, expiresIn)), headers };
  }

  async listAfter(key: string): Promise<readonly ListedObject[]> {
    // XML cannot represent every character of a key. The encoding is the same as in events.
    const query = { "list-type": "2", "start-after": key, "encoding-type": "url" };
    const request = { operation: "ListObjectsV2", method: "GET", query } as const;
    const listing = await translateErrors(this.#bucket.sendForXml(request, limits.body));
    return elementsOf(listing, "Contents").map((entry) => ({
      key: decodeEventKey(textOf(entry, "Key") ?? ""),
      size: Number(textOf(entry, "Size")),
      etag: textOf(entry, "ETag") ?? "",
    }));
  }

  async ping(): Promise<void> {
    await translateErrors(this.#bucket.send({ operation: "HeadBucket", method: "HEAD" }, limits.request));
  }
}

const metadata = (headers: IncomingHttpHeaders, size: number): ObjectMetadata => ({
  size,
  etag: headers.etag ?? "",
  lastModified: new Date(headers["last-modified"] ?? 0),
  contentType: headers["content-type"] ?? DEFAULT_TYPE,
  userMetadata: userMetadata(headers),
});

const userMetadata = (headers: IncomingHttpHeaders): UserMetadata =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith(METADATA_PREFIX))
      .map(([name, value]) => [name.slice(METADATA_PREFIX.length), String(value)]),
  );

async function unlessMissing<T>(version: string | undefined, operation: () => Promise<T>): Promise<T | undefined> {
  try {
    return await operation();
  } catch (error) {
    if (version === undefined ? isMissingObject(error) : isMissingVersion(error)) return undefined;
    throw translateS3Error(error);
  }
}
