import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import type { Attributes, DataSourceHandler, ResourceHandler } from "../../../provider/resource.ts";
import { UNKNOWN } from "../../../provider/unknown.ts";
import { AwsError } from "../../../runtime/error.ts";
import { checkHeaderValue } from "../header-value.ts";
import { Intake } from "../intake.ts";
import type { ObjectVersion } from "../model.ts";
import { checkKey, objectArn } from "../names.ts";
import { MAX_PUT_BYTES } from "../operations/put-object.ts";
import type { S3 } from "../s3.ts";
import { checkTags } from "../tags.ts";
import { mapOf, textOf } from "./attributes.ts";

type Parts = Pick<S3, "store" | "objects" | "blobs" | "newId">;

/** Arguments that do not change the object when they change. */
const NOT_WRITTEN = new Set(["force_destroy", "tags", "tags_all", "version_id", "etag"]);

/** Arguments that S3 gives back as headers. */
const HEADERS: Readonly<Record<string, string>> = {
  cache_control: "cache-control",
  content_disposition: "content-disposition",
  content_encoding: "content-encoding",
  content_language: "content-language",
  content_type: "content-type",
  kms_key_id: "x-amz-server-side-encryption-aws-kms-key-id",
  server_side_encryption: "x-amz-server-side-encryption",
  storage_class: "x-amz-storage-class",
  website_redirect: "x-amz-website-redirect-location",
};

export function objectHandler(s3: Parts): ResourceHandler {
  const write = async (planned: Attributes): Promise<Attributes> => attributesOf(await put(s3, planned));
  return {
    type: "aws_s3_object",
    fileArgument: "source",
    plan(planned, prior, { config }) {
      const { bucket, key } = planned;
      if (typeof bucket === "string" && typeof key === "string") {
        planned.id = key;
        planned.arn = objectArn(bucket, key);
      }
      if (!prior || !isRewritten(planned, prior)) return;
      planned.version_id = UNKNOWN;
      if (config.etag === null) planned.etag = UNKNOWN;
    },
    create: write,
    update(planned, prior) {
      if (isRewritten(planned, prior)) return write(planned);
      const current = s3.objects.find(String(planned.bucket), String(planned.key));
      s3.store.replaceVersion({ ...current, tags: tagsOf(planned) });
      return {};
    },
    read({ bucket, key }) {
      const current = find(s3, bucket, key);
      return current ? { etag: current.etag, version_id: versionIdOf(current) } : null;
    },
    delete({ bucket, key }) {
      if (!s3.store.hasBucket(String(bucket))) return;
      const cause = { principalId: "AWS:terraform", requestId: s3.newId() };
      for (const { versionId } of [...s3.store.versions(String(bucket), String(key))]) {
        s3.objects.delete(String(bucket), String(key), versionId, "ObjectRemoved", cause);
      }
    },
    import(id) {
      const [bucket = "", key = ""] = id.replace(/^s3:\/\//, "").split(/\/(.*)/s);
      const current = find(s3, bucket, key);
      return current ? { bucket, key, id: key, force_destroy: false, ...attributesOf(current) } : null;
    },
  };
}

/** The object's text is given for text only, as hashicorp/aws does. */
export function objectDataSource(s3: Pick<S3, "objects" | "read">): DataSourceHandler {
  return {
    type: "aws_s3_object",
    async read({ bucket, key, version_id }) {
      const version = s3.objects.find(String(bucket), String(key), textOf(version_id));
      const attributes = attributesOf(version);
      const isText = /^text\/|^application\/.*(json|xml|yaml|javascript|sql|sh|graphql)/.test(
        String(attributes.content_type),
      );
      return {
        ...attributes,
        id: `${bucket}/${key}`,
        content_length: version.size,
        last_modified: new Date(version.modified).toUTCString(),
        body: isText ? Buffer.from(await s3.read(version.bucket, version.key, version.versionId)).toString("utf8") : "",
      };
    },
  };
}

function find({ store, objects }: Parts, bucket: unknown, key: unknown): ObjectVersion | undefined {
  return store.hasBucket(String(bucket)) ? objects.current(String(bucket), String(key)) : undefined;
}

async function put({ store, objects, blobs, newId }: Parts, planned: Attributes): Promise<ObjectVersion> {
  const [bucket, key] = [String(planned.bucket), String(planned.key)];
  checkKey(key);
  store.bucket(bucket);
  const tags = tagsOf(planned);
  const content = new Intake(contentOf(planned), {}, "UNSIGNED-PAYLOAD", undefined, MAX_PUT_BYTES);
  const blob = await blobs.write(content);
  try {
    return objects.create(
      {
        ...{ bucket, key, tags, headers: headersOf(planned) },
        ...{ etag: content.received.md5, size: blob.size, blobs: [blob] },
      },
      "ObjectCreated:Put",
      { principalId: "AWS:terraform", requestId: newId() },
    );
  } catch (error) {
    await blobs.remove([blob]);
    throw error;
  }
}

function contentOf({ source, content, content_base64 }: Attributes): AsyncIterable<Buffer> {
  if (typeof source === "string") return createReadStream(source);
  const bytes =
    typeof content_base64 === "string" ? Buffer.from(content_base64, "base64") : Buffer.from(textOf(content) ?? "");
  return Readable.from(bytes.length > 0 ? [bytes] : []);
}

function headersOf(planned: Attributes): Record<string, string> {
  if (textOf(planned.object_lock_mode) ?? textOf(planned.object_lock_legal_hold_status)) {
    throw new AwsError("NotImplemented", "The local stand-in does not support S3 Object Lock.", 501);
  }
  const given = Object.entries(HEADERS).flatMap(([argument, header]) => {
    const value = textOf(planned[argument]);
    return value === undefined ? [] : [[header, value]];
  });
  const metadata = Object.entries(mapOf(planned.metadata)).map(([name, value]) => [`x-amz-meta-${name}`, value]);
  const headers: Record<string, string> = {
    "content-type": "application/octet-stream",
    "x-amz-server-side-encryption": "AES256",
    ...Object.fromEntries([...given, ...metadata]),
  };
  for (const [name, value] of Object.entries(headers)) checkHeaderValue(name, value);
  return headers;
}

function tagsOf(planned: Attributes): Record<string, string> {
  const tags = mapOf(planned.tags_all);
  checkTags(Object.entries(tags));
  return tags;
}

function attributesOf(version: ObjectVersion): Attributes {
  const headers = Object.entries(HEADERS).map(([argument, header]) => [argument, version.headers[header] ?? ""]);
  return {
    ...Object.fromEntries(headers),
    id: version.key,
    arn: objectArn(version.bucket, version.key),
    etag: version.etag,
    storage_class: version.headers["x-amz-storage-class"] ?? "STANDARD",
    version_id: versionIdOf(version),
  };
}

function versionIdOf({ versionId }: ObjectVersion): string {
  return versionId === "null" ? "" : versionId;
}

function isRewritten(planned: Attributes, prior: Attributes): boolean {
  const names = Object.keys(planned).filter((name) => !NOT_WRITTEN.has(name));
  const etagChanged = typeof planned.etag === "string" && planned.etag !== prior.etag;
  return etagChanged || names.some((name) => JSON.stringify(planned[name]) !== JSON.stringify(prior[name]));
}
