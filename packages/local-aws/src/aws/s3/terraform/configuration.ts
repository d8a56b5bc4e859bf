import type { Attributes, ResourceHandler } from "../../../provider/resource.ts";
import { CONFIGURATIONS } from "../configurations.ts";
import { noSuchBucket } from "../errors.ts";
import type { ConfigurationName } from "../model.ts";
import type { S3 } from "../s3.ts";
import type { Document } from "../xml.ts";

/** How one resource type stands for one configuration of a bucket. */
export interface ConfigurationResource {
  readonly type: string;
  readonly configuration: ConfigurationName;
  toDocument(attributes: Attributes): Document;
  /** What a configuration that was changed without Terraform looks like to it. */
  fromDocument(document: Document): Attributes;
  /** Computed values of the planned resource, before its document is made. */
  complete?(planned: Attributes): Attributes;
  /** Further checks before it is put, which may reject. */
  prepare?(bucket: string, document: Document): Promise<void>;
  /** What is put in its place when the resource is deleted; nothing without. */
  readonly afterDelete?: Document;
}

/** The handler of a resource whose id is its bucket's name and that sets one configuration whole. */
export function configurationHandler(s3: Pick<S3, "store">, resource: ConfigurationResource): ResourceHandler {
  const { configuration } = resource;
  const { check } = CONFIGURATIONS[configuration];
  const apply = async (planned: Attributes): Promise<Attributes> => {
    const bucket = String(planned.bucket);
    if (!s3.store.hasBucket(bucket)) throw noSuchBucket(bucket);
    const computed = resource.complete?.(planned) ?? {};
    const document = resource.toDocument({ ...planned, ...computed });
    check?.(document);
    await resource.prepare?.(bucket, document);
    s3.store.configure(bucket, configuration, document);
    return { id: bucket, ...computed };
  };
  const live = (bucket: string): Document | undefined =>
    s3.store.hasBucket(bucket) ? s3.store.bucket(bucket).configurations[configuration] : undefined;
  return {
    type: resource.type,
    plan(planned) {
      if (typeof planned.bucket === "string") planned.id = planned.bucket;
    },
    create: apply,
    update: apply,
    read(attributes) {
      const document = live(String(attributes.bucket));
      if (!document) return null;
      return sameDocument(document, resource.toDocument(attributes)) ? {} : resource.fromDocument(document);
    },
    delete(attributes) {
      const bucket = String(attributes.bucket);
      if (s3.store.hasBucket(bucket)) s3.store.configure(bucket, configuration, resource.afterDelete);
    },
    import(bucket) {
      const document = live(bucket);
      return document ? { bucket, ...resource.fromDocument(document) } : null;
    },
  };
}

/** JSON leaves out what is undefined, as XML does. */
function sameDocument(a: Document, b: Document): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
