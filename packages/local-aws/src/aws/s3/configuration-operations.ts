import { AwsError } from "../../runtime/error.ts";
import type { ConfigurationName } from "./bucket-record.ts";
import { CONFIGURATIONS, type ConfigurationKind } from "./configurations.ts";
import { bucketArn } from "./names.ts";
import type { Operation, S3Context } from "./operations/context.ts";
import { bodyDocument, type S3Request, type S3Response } from "./request.ts";
import { renderXml, type XmlDocument } from "./xml.ts";

/** @param render the response. Default: the document as XML. */
export function getConfiguration(
  name: ConfigurationName,
  render: (document: XmlDocument) => S3Response = (document) => ({
    body: renderXml(CONFIGURATIONS[name].root, document),
  }),
): Operation {
  const kind = CONFIGURATIONS[name];
  return ({ store }, { bucket, call }) => {
    call.authorize(kind.permissions.get, bucketArn(bucket));
    return render(store.bucket(bucket).configurations[name] ?? defaultDocument(kind, bucket));
  };
}

export interface PutOptions {
  /** Reads the document. Default: from the XML of the body. */
  readonly read?: (request: S3Request) => Promise<XmlDocument>;
  /** Validates the document in addition to the `check` of the configuration. */
  readonly validate?: (context: S3Context, request: S3Request, document: XmlDocument) => Promise<void>;
  /** The status of the response. Default: 200. */
  readonly status?: number;
}

export function putConfiguration(name: ConfigurationName, options: PutOptions = {}): Operation {
  const { permissions, root, check } = CONFIGURATIONS[name];
  const { read = (request) => bodyDocument(request, root), validate, status = 200 } = options;
  return async (context, request) => {
    const { bucket, call } = request;
    call.authorize(permissions.put, bucketArn(bucket));
    context.store.bucket(bucket);
    const document = await read(request);
    check?.(document);
    await validate?.(context, request, document);
    context.store.configure(bucket, name, document);
    return { status };
  };
}

export function deleteConfiguration(name: ConfigurationName): Operation {
  const { permissions } = CONFIGURATIONS[name];
  return ({ store }, { bucket, call }) => {
    call.authorize(permissions.delete ?? permissions.put, bucketArn(bucket));
    store.configure(bucket, name, undefined);
    return { status: 204 };
  };
}

function defaultDocument({ whenMissing }: ConfigurationKind, bucket: string): XmlDocument {
  if (!("error" in whenMissing)) return whenMissing;
  throw new AwsError(String(whenMissing.error), String(whenMissing.message), 404, { BucketName: bucket });
}
