import { blocks, optionalText } from "../../../provider/attributes.ts";
import type { Attributes, DataSourceHandler, ResourceHandler } from "../../../provider/resource-handler.ts";
import { REGION } from "../../../runtime/account.ts";
import { unsupported } from "../../../runtime/error.ts";
import { configuredOrUniqueName } from "../../../runtime/unique-name.ts";
import { newBucketConfigurations } from "../configurations.ts";
import { noSuchBucket } from "../errors.ts";
import { bucketArn, checkBucketName } from "../names.ts";
import type { S3Context } from "../operations/context.ts";
import { tagsFromDocument, tagsToDocument } from "../tags.ts";
import { mapOf } from "./xml-values.ts";

/** The hosted zone of S3 website endpoints in us-east-1. https://docs.aws.amazon.com/general/latest/gr/s3.html */
const HOSTED_ZONE_ID = "Z3AQBSTGFYJSTF";

const MAX_BUCKET_TAGS = 50;

/** Deprecated blocks, which hashicorp/aws has replaced by separate resources since version 4. */
const DEPRECATED_BLOCKS = ["cors_rule", "lifecycle_rule", "server_side_encryption_configuration", "versioning"];

export function bucketResource(context: S3Context): ResourceHandler {
  const { store, blobs } = context;
  return {
    type: "aws_s3_bucket",
    identity: ({ bucket }) => optionalText(bucket),
    create(planned) {
      const name = configuredOrUniqueName(planned.bucket, planned.bucket_prefix);
      checkBucketName(name);
      rejectDeprecatedBlocks(planned);
      // It exists already when a run was killed before Terraform saved it in the state.
      if (!store.hasBucket(name)) store.createBucket(name, newBucketConfigurations());
      setTags(context, name, planned);
      return { bucket: name, ...computedAttributes(name) };
    },
    update(planned) {
      rejectDeprecatedBlocks(planned);
      setTags(context, String(planned.bucket), planned);
      return {};
    },
    read(attributes) {
      const name = String(attributes.bucket);
      if (!store.hasBucket(name)) return null;
      const tags = currentTags(context, name);
      const unchanged = JSON.stringify(sorted(mapOf(attributes.tags_all))) === JSON.stringify(sorted(tags));
      return unchanged ? {} : { tags, tags_all: tags };
    },
    async delete(attributes) {
      const name = String(attributes.bucket);
      if (!store.hasBucket(name)) return;
      if (attributes.force_destroy === true) deleteAllVersions(context, name);
      await blobs.remove(store.deleteBucket(name).map(({ blob }) => blob));
    },
    import(name) {
      if (!store.hasBucket(name)) return null;
      const tags = currentTags(context, name);
      // Without tags the attribute is null: an empty map would differ from a configuration without tags.
      const imported = Object.keys(tags).length > 0 ? tags : null;
      return { bucket: name, ...computedAttributes(name), force_destroy: false, tags: imported, tags_all: tags };
    },
  };
}

export function bucketDataSource({ store }: Pick<S3Context, "store">): DataSourceHandler {
  return {
    type: "aws_s3_bucket",
    read({ bucket }) {
      const name = String(bucket);
      if (!store.hasBucket(name)) throw noSuchBucket(name);
      return { bucket: name, ...computedAttributes(name), bucket_region: REGION };
    },
  };
}

/** The values that depend only on the name. */
function computedAttributes(name: string): Attributes {
  return {
    id: name,
    arn: bucketArn(name),
    bucket_domain_name: `${name}.s3.amazonaws.com`,
    bucket_regional_domain_name: `${name}.s3.${REGION}.amazonaws.com`,
    hosted_zone_id: HOSTED_ZONE_ID,
    region: REGION,
  };
}

function rejectDeprecatedBlocks(planned: Attributes): void {
  const block = DEPRECATED_BLOCKS.find((name) => blocks(planned[name]).length > 0);
  if (block === undefined) return;
  throw unsupported(`the deprecated block ${block} of aws_s3_bucket`, {
    code: "NotImplemented",
    status: 501,
    advice: "Use the resource that replaces it.",
  });
}

function setTags({ store }: Pick<S3Context, "store">, bucket: string, planned: Attributes): void {
  const tags = mapOf(planned.tags_all);
  store.configure(bucket, "tagging", Object.keys(tags).length > 0 ? tagsToDocument(tags) : undefined);
}

function currentTags({ store }: Pick<S3Context, "store">, bucket: string): Record<string, string> {
  const { tagging } = store.bucket(bucket).configurations;
  return tagging ? tagsFromDocument(tagging, MAX_BUCKET_TAGS) : {};
}

function sorted(tags: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Deletes every version of every key, and sends the events. */
function deleteAllVersions(
  { store, objects, newId }: Pick<S3Context, "store" | "objects" | "newId">,
  bucket: string,
): void {
  const requester = { principalId: "AWS:terraform", requestId: newId() };
  const keys = store.keys(bucket);
  for (let key = keys.at(0); key !== undefined; key = keys.at(0)) {
    for (const { versionId } of [...store.versions(bucket, key)]) {
      objects.delete(bucket, key, versionId, "ObjectRemoved", requester);
    }
  }
}
