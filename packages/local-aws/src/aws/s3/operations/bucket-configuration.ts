import { AwsError } from "../../../runtime/error.ts";
import { CONFIGURATIONS, type ConfigurationKind } from "../configurations.ts";
import { invalidArgument } from "../errors.ts";
import { testEventDocument } from "../event.ts";
import type { ConfigurationName } from "../model.ts";
import { bucketArn } from "../names.ts";
import { notificationTargets } from "../notification.ts";
import type { Operation, S3Parts } from "../operation.ts";
import { bodyDocument, bodyText, type S3Request } from "../request.ts";
import { type Document, renderXml, text } from "../xml.ts";

/** The operations on bucket configurations, by action name: all of them get, put and delete one document. */
export function bucketConfigurationOperations(): Record<string, Operation> {
  const entries = Object.entries(CONFIGURATIONS).flatMap(([name, kind]) => {
    const configuration = name as ConfigurationName;
    const operations: [string, Operation][] = [
      [`Get${kind.action}`, (parts, request) => get(parts, request, configuration, kind)],
      [`Put${kind.action}`, (parts, request) => put(parts, request, configuration, kind)],
    ];
    if (kind.deletable) {
      operations.push([`Delete${kind.action}`, (parts, request) => remove(parts, request, configuration, kind)]);
    }
    return operations;
  });
  return Object.fromEntries(entries);
}

function get({ store }: Pick<S3Parts, "store">, request: S3Request, name: ConfigurationName, kind: ConfigurationKind) {
  request.call.authorize(kind.permissions.get, bucketArn(request.bucket));
  const document = store.bucket(request.bucket).configurations[name] ?? whenMissing(kind, request.bucket);
  if (name === "policy") return { headers: { "content-type": "application/json" }, body: text(document, "Policy") };
  return { body: renderXml(kind.root, document) };
}

async function put(parts: S3Parts, request: S3Request, name: ConfigurationName, kind: ConfigurationKind) {
  const { bucket, call, headers } = request;
  call.authorize(kind.permissions.put, bucketArn(bucket));
  parts.store.bucket(bucket);
  const document = name === "policy" ? { Policy: await bodyText(request) } : await bodyDocument(request, kind.root);
  kind.check?.(document);
  if (name === "notification" && headers["x-amz-skip-destination-validation"] !== "true") {
    await tryTargets(parts, bucket, document, call.requestId);
  }
  parts.store.configure(bucket, name, document);
  return { status: name === "tagging" || name === "policy" ? 204 : 200 };
}

function remove({ store }: S3Parts, request: S3Request, name: ConfigurationName, kind: ConfigurationKind) {
  request.call.authorize(kind.permissions.delete ?? kind.permissions.put, bucketArn(request.bucket));
  store.configure(request.bucket, name, undefined);
  return { status: 204 };
}

function whenMissing({ whenMissing: answer }: ConfigurationKind, bucket: string): Document {
  if (!("error" in answer)) return answer;
  throw new AwsError(String(answer.error), String(answer.message), 404, { BucketName: bucket });
}

/** Sends S3's test event to the queues and topics that are new; functions are not invoked for a trial. */
export async function tryTargets(
  { store, notify, clock }: Pick<S3Parts, "store" | "notify" | "clock">,
  bucket: string,
  document: Document,
  requestId: string,
): Promise<void> {
  const before = notificationTargets(store.bucket(bucket).configurations.notification).map(({ arn }) => arn);
  const arns = new Set(notificationTargets(document).map(({ arn }) => arn));
  for (const arn of arns) {
    if (before.includes(arn) || arn.startsWith("arn:aws:lambda:")) continue;
    try {
      await notify(arn, testEventDocument(bucket, clock.now(), requestId));
    } catch {
      throw invalidArgument("Unable to validate the following destination configurations", "Target", arn);
    }
  }
}
