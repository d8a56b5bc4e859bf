import type { Attributes } from "../../../provider/resource.ts";
import { tryTargets } from "../operations/bucket-configuration.ts";
import type { S3 } from "../s3.ts";
import { child, children, type Document, text, texts } from "../xml.ts";
import { blocksOf, textOf, textsOf } from "./attributes.ts";
import type { ConfigurationResource } from "./configuration.ts";

/** A kind of target: its block with the argument of its ARN, its elements in S3's XML, and how its ids begin. */
const KINDS = [
  { block: "queue", arn: "queue_arn", element: "QueueConfiguration", arnElement: "Queue", idPrefix: "tf-s3-queue-" },
  { block: "topic", arn: "topic_arn", element: "TopicConfiguration", arnElement: "Topic", idPrefix: "tf-s3-topic-" },
  {
    block: "lambda_function",
    arn: "lambda_function_arn",
    element: "CloudFunctionConfiguration",
    arnElement: "CloudFunction",
    idPrefix: "tf-s3-lambda-",
  },
] as const;
type Kind = (typeof KINDS)[number];

/** All notifications of a bucket are one configuration: a second resource for the same bucket overwrites the first, as on AWS. */
export function notification(s3: Pick<S3, "store" | "notify" | "clock" | "newId">): ConfigurationResource {
  return {
    type: "aws_s3_bucket_notification",
    configuration: "notification",
    complete: (planned) =>
      Object.fromEntries(
        KINDS.map(({ block, idPrefix }) => [
          block,
          blocksOf(planned[block]).map((target) => ({ ...target, id: textOf(target.id) ?? idPrefix + s3.newId() })),
        ]),
      ),
    toDocument: (attributes) => ({
      ...Object.fromEntries(
        KINDS.map((kind) => [kind.element, blocksOf(attributes[kind.block]).map((target) => toTarget(kind, target))]),
      ),
      EventBridgeConfiguration: attributes.eventbridge === true ? {} : undefined,
    }),
    fromDocument: (document) => ({
      ...Object.fromEntries(
        KINDS.map((kind) => [kind.block, children(document, kind.element).map((target) => fromTarget(kind, target))]),
      ),
      eventbridge: child(document, "EventBridgeConfiguration") !== undefined,
    }),
    prepare: (bucket, document) => tryTargets(s3, bucket, document, s3.newId()),
    afterDelete: {},
  };
}

function toTarget({ arn, arnElement }: Kind, target: Attributes): Document {
  const rules = [
    { Name: "prefix", Value: textOf(target.filter_prefix) },
    { Name: "suffix", Value: textOf(target.filter_suffix) },
  ].filter(({ Value }) => Value !== undefined);
  return {
    Id: textOf(target.id),
    [arnElement]: textOf(target[arn]),
    Event: textsOf(target.events),
    Filter: rules.length > 0 ? { S3Key: { FilterRule: rules } } : undefined,
  };
}

function fromTarget({ arn, arnElement }: Kind, target: Document): Attributes {
  const rules = children(child(child(target, "Filter"), "S3Key"), "FilterRule");
  const value = (name: string) =>
    text(
      rules.find((rule) => text(rule, "Name")?.toLowerCase() === name),
      "Value",
    ) ?? "";
  return {
    id: text(target, "Id"),
    [arn]: text(target, arnElement),
    events: texts(target, "Event"),
    filter_prefix: value("prefix"),
    filter_suffix: value("suffix"),
  };
}
