import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { optionalText } from "../../../provider/attributes.ts";
import type { Attributes, DataSourceHandler, ResourceHandler } from "../../../provider/resource-handler.ts";
import { UNKNOWN } from "../../../provider/unknown.ts";
import { notImplemented } from "../errors.ts";
import { checkHeaderValue } from "../header-value.ts";
import { checkKey, objectArn } from "../names.ts";
import type { ObjectVersion } from "../object-version.ts";
import type { S3Context } from "../operations/context.ts";
import { checkTags } from "../tags.ts";
import { unsignedBody } from "../verified-body.ts";
import { mapOf } from "./xml-values.ts";

/** Changes of these arguments do not write the object again. */
const NOT_WRITTEN = new Set(["force_destroy", "tags", "tags_all", "version_id", "etag"]);

/** Arguments that S3 returns as headers. */
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

export function objectResource(context: S3Context): ResourceHandler {
  const write = async (planned: Attributes): Promise<Attributes> => attributesOf(await put(context, planned));
  const { store, objects, newId } = context;
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
      const current = objects.find(String(planned.bucket), String(planned.key));
      store.replaceVersion({ ...current, tags: tagsOf(planned) });
      return {};
    },
    read({ bucket, key }) {
      const current = find(context, bucket, key);
      return current ? { etag: current.etag, version_id: versionIdOf(current) } : null;
    },
    delete({ bucket, key }) {
      if (!store.hasBucket(String(bucket))) return;
      const requester = { principalId: "AWS:terraform", requestId: newId() };
      for (const { versionId } of [...store.versions(String(bucket), String(key))]) {
        objects.delete(String(bucket), String(key), versionId, "ObjectRemoved", requester);
      }
    },
    import(id) {
      const [bucket = "", key = ""] = id.replace(/^s3:\/\//, "").split(/\/(.*)/s);
      const current = find(context, bucket, key);
      return current ? { bucket, key, id: key, force_destroy: false, ...attributesOf(current) } : null;
    },
  };
}

/** As in hashicorp/aws, `body` is set only for text. */
export function objectDataSource({ objects }: S3Context): DataSourceHandler {
  return {
    type: "aws_s3_object",
    async read({ bucket, key, version_id }) {
      const version = objects.find(String(bucket), String(key), optionalText(version_id));
      const attributes = attributesOf(version);
      const isText = /^text\/|^application\/.*(json|xml|yaml|javascript|sql|sh|graphql)/.test(
        String(attributes.content_type),
      );
      return {
        ...attributes,
        id: `${bucket}/${key}`,
        content_length: version.size,
        last_modified: new Date(version.modified).toUTCString(),
        body: isText
          ? Buffer.from(await objects.read(version.bucket, version.key, version.versionId)).toString("utf8")
          : "",
      };
    },
  };
}

function find({ store, objects }: S3Context, bucket: unknown, key: unknown): ObjectVersion | undefined {
  return store.hasBucket(String(bucket)) ? objects.current(String(bucket), String(key)) : undefined;
}

async function put({ store, objects, blobs, newId }: S3Context, planned: Attributes): Promise<ObjectVersion> {
  const [bucket, key] = [String(planned.bucket), String(planned.key)];
  checkKey(key);
  store.bucket(bucket);
  const tags = tagsOf(planned);
  const content = unsignedBody(contentOf(planned));
  const blob = await blobs.write(content);
  try {
    return objects.create(
      {
        ...{ bucket, key, tags, headers: headersOf(planned) },
        ...{ etag: content.digests.md5, size: blob.size, blobs: [blob] },
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
    typeof content_base64 === "string"
      ? Buffer.from(content_base64, "base64")
      : Buffer.from(optionalText(content) ?? "");
  return Readable.from(bytes.length > 0 ? [bytes] : []);
}

function headersOf(planned: Attributes): Record<string, string> {
  if (optionalText(planned.object_lock_mode) ?? optionalText(planned.object_lock_legal_hold_status)) {
    throw notImplemented("Object Lock");
  }
  const headerArguments = Object.entries(HEADERS).flatMap(([argument, header]) => {
    const value = optionalText(planned[argument]);
    return value === undefined ? [] : [[header, value]];
  });
  const metadata = Object.entries(mapOf(planned.metadata)).map(([name, value]) => [`x-amz-meta-${name}`, value]);
  const headers: Record<string, string> = {
    "content-type": "application/octet-stream",
    "x-amz-server-side-encryption": "AES256",
    ...Object.fromEntries([...headerArguments, ...metadata]),
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
