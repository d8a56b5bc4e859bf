import type { Attributes, DataSourceHandler, ResourceHandler } from "../../../provider/resource.ts";
import { REGION } from "../../../runtime/account.ts";
import { AwsError } from "../../../runtime/error.ts";
import { givenOrUniqueName } from "../../../runtime/unique-name.ts";
import { newBucketConfigurations } from "../configurations.ts";
import { noSuchBucket } from "../errors.ts";
import { bucketArn, checkBucketName } from "../names.ts";
import type { S3 } from "../s3.ts";
import { tagsFromDocument, tagsToDocument } from "../tags.ts";
import { blocksOf, mapOf, textOf } from "./attributes.ts";

/** https://docs.aws.amazon.com/general/latest/gr/s3.html: the zone of S3's website endpoints in us-east-1. */
const HOSTED_ZONE_ID = "Z3AQBSTGFYJSTF";

const MAX_BUCKET_TAGS = 50;

/** Old arguments of the bucket that have a resource of their own since version 4 of hashicorp/aws. */
const MOVED_BLOCKS = ["cors_rule", "lifecycle_rule", "server_side_encryption_configuration", "versioning"];

export function bucketHandler(s3: Pick<S3, "store" | "blobs" | "objects" | "newId">): ResourceHandler {
  return {
    type: "aws_s3_bucket",
    identity: ({ bucket }) => textOf(bucket),
    plan(planned) {
      const name = textOf(planned.bucket);
      if (name !== undefined) Object.assign(planned, computedAttributes(name));
    },
    create(planned) {
      const name = givenOrUniqueName(planned.bucket, planned.bucket_prefix);
      checkBucketName(name);
      refuseMovedBlocks(planned);
      // found again when a run was killed before Terraform noted it
      if (!s3.store.hasBucket(name)) s3.store.createBucket(name, newBucketConfigurations());
      setTags(s3, name, planned);
      return { bucket: name, ...computedAttributes(name) };
    },
    update(planned) {
      refuseMovedBlocks(planned);
      setTags(s3, String(planned.bucket), planned);
      return {};
    },
    read(attributes) {
      const name = String(attributes.bucket);
      if (!s3.store.hasBucket(name)) return null;
      const tags = liveTags(s3, name);
      const known = JSON.stringify(sorted(mapOf(attributes.tags_all))) === JSON.stringify(sorted(tags));
      return known ? {} : { tags, tags_all: tags };
    },
    async delete(attributes) {
      const name = String(attributes.bucket);
      if (!s3.store.hasBucket(name)) return;
      if (attributes.force_destroy === true) empty(s3, name);
      await s3.blobs.remove(s3.store.deleteBucket(name).map(({ blob }) => blob));
    },
    import(name) {
      if (!s3.store.hasBucket(name)) return null;
      const tags = liveTags(s3, name);
      return { bucket: name, ...computedAttributes(name), force_destroy: false, tags, tags_all: tags };
    },
  };
}

export function bucketDataSource(s3: Pick<S3, "store">): DataSourceHandler {
  return {
    type: "aws_s3_bucket",
    read({ bucket }) {
      const name = String(bucket);
      if (!s3.store.hasBucket(name)) throw noSuchBucket(name);
      return { bucket: name, ...computedAttributes(name), bucket_region: REGION };
    },
  };
}

/** What the name alone tells. */
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

function refuseMovedBlocks(planned: Attributes): void {
  const block = MOVED_BLOCKS.find((name) => blocksOf(planned[name]).length > 0);
  if (block === undefined) return;
  throw new AwsError(
    "NotImplemented",
    `The local stand-in does not support ${block} within aws_s3_bucket: give it by the resource that has replaced it.`,
    501,
  );
}

function setTags({ store }: Pick<S3, "store">, bucket: string, planned: Attributes): void {
  const tags = mapOf(planned.tags_all);
  store.configure(bucket, "tagging", Object.keys(tags).length > 0 ? tagsToDocument(tags) : undefined);
}

function liveTags({ store }: Pick<S3, "store">, bucket: string): Record<string, string> {
  const { tagging } = store.bucket(bucket).configurations;
  return tagging ? tagsFromDocument(tagging, MAX_BUCKET_TAGS) : {};
}

function sorted(tags: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Every version of every key, with the events that this causes. */
function empty({ store, objects, newId }: Pick<S3, "store" | "objects" | "newId">, bucket: string): void {
  const cause = { principalId: "AWS:terraform", requestId: newId() };
  const keys = store.keys(bucket);
  for (let key = keys.at(0); key !== undefined; key = keys.at(0)) {
    for (const { versionId } of [...store.versions(bucket, key)]) {
      objects.delete(bucket, key, versionId, "ObjectRemoved", cause);
    }
  }
}
