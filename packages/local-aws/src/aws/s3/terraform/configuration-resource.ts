import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import type { ConfigurationName } from "../bucket-record.ts";
import { CONFIGURATIONS } from "../configurations.ts";
import { noSuchBucket } from "../errors.ts";
import type { S3Context } from "../operations/context.ts";
import type { XmlDocument } from "../xml.ts";

/** A resource type that manages one configuration of a bucket. */
interface ConfigurationResource {
  readonly type: string;
  readonly configuration: ConfigurationName;
  /** Converts the arguments to the document of the configuration. */
  toDocument(attributes: Attributes): XmlDocument;
  /** Converts a document that was changed outside of Terraform to attributes. */
  fromDocument(document: XmlDocument): Attributes;
  /** Computed values of the planned resource, for its document. */
  computed?(planned: Attributes): Attributes;
  /** Validates the document before it is stored. Rejects when it is invalid. */
  validate?(bucket: string, document: XmlDocument): Promise<void>;
  /** The document after the resource is deleted. Default: none. */
  readonly afterDelete?: XmlDocument;
}

/** The handler of a resource type whose ID is the bucket name and that replaces one configuration. */
export function configurationResource(
  { store }: Pick<S3Context, "store">,
  resource: ConfigurationResource,
): ResourceHandler {
  const { configuration } = resource;
  const { check } = CONFIGURATIONS[configuration];
  const apply = async (planned: Attributes): Promise<Attributes> => {
    const bucket = String(planned.bucket);
    if (!store.hasBucket(bucket)) throw noSuchBucket(bucket);
    const computed = resource.computed?.(planned) ?? {};
    const document = resource.toDocument({ ...planned, ...computed });
    check?.(document);
    await resource.validate?.(bucket, document);
    store.configure(bucket, configuration, document);
    return { id: bucket, ...computed };
  };
  const current = (bucket: string): XmlDocument | undefined =>
    store.hasBucket(bucket) ? store.bucket(bucket).configurations[configuration] : undefined;
  return {
    type: resource.type,
    plan(planned) {
      if (typeof planned.bucket === "string") planned.id = planned.bucket;
    },
    create: apply,
    update: apply,
    read(attributes) {
      const document = current(String(attributes.bucket));
      if (!document) return null;
      return sameDocument(document, resource.toDocument(attributes)) ? {} : resource.fromDocument(document);
    },
    delete(attributes) {
      const bucket = String(attributes.bucket);
      if (store.hasBucket(bucket)) store.configure(bucket, configuration, resource.afterDelete);
    },
    import(bucket) {
      const document = current(bucket);
      return document ? { bucket, ...resource.fromDocument(document) } : null;
    },
  };
}

/** Compares as JSON, which like XML omits undefined members. */
function sameDocument(a: XmlDocument, b: XmlDocument): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
