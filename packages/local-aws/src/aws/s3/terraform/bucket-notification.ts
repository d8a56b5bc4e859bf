import { blocks, optionalText, texts } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import { validateDestinations } from "../notification-destinations.ts";
import type { S3Context } from "../operations/context.ts";
import { child, children, childText, childTexts, type XmlDocument } from "../xml.ts";
import { configurationResource } from "./configuration-resource.ts";

/** For each kind of target: its block and ARN argument, its XML elements, and the prefix of generated IDs. */
const TARGET_KINDS = [
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
type Kind = (typeof TARGET_KINDS)[number];

/** A bucket has one notification configuration: as on AWS, a second resource for it overwrites the first. */
export function bucketNotificationResource(context: S3Context): ResourceHandler {
  return configurationResource(context, {
    type: "aws_s3_bucket_notification",
    configuration: "notification",
    computed: (planned) =>
      Object.fromEntries(
        TARGET_KINDS.map(({ block, idPrefix }) => [
          block,
          blocks(planned[block]).map((target) => ({
            ...target,
            id: optionalText(target.id) ?? idPrefix + context.newId(),
          })),
        ]),
      ),
    toDocument: (attributes) => ({
      ...Object.fromEntries(
        TARGET_KINDS.map((kind) => [
          kind.element,
          blocks(attributes[kind.block]).map((target) => toTarget(kind, target)),
        ]),
      ),
      EventBridgeConfiguration: attributes.eventbridge === true ? {} : undefined,
    }),
    fromDocument: (document) => ({
      ...Object.fromEntries(
        TARGET_KINDS.map((kind) => [
          kind.block,
          children(document, kind.element).map((target) => fromTarget(kind, target)),
        ]),
      ),
      eventbridge: child(document, "EventBridgeConfiguration") !== undefined,
    }),
    validate: (bucket, document) => validateDestinations(context, bucket, document, context.newId()),
    afterDelete: {},
  });
}

function toTarget({ arn, arnElement }: Kind, target: Attributes): XmlDocument {
  const rules = [
    { Name: "prefix", Value: optionalText(target.filter_prefix) },
    { Name: "suffix", Value: optionalText(target.filter_suffix) },
  ].filter(({ Value }) => Value !== undefined);
  return {
    Id: optionalText(target.id),
    [arnElement]: optionalText(target[arn]),
    Event: texts(target.events),
    Filter: rules.length > 0 ? { S3Key: { FilterRule: rules } } : undefined,
  };
}

function fromTarget({ arn, arnElement }: Kind, target: XmlDocument): Attributes {
  const rules = children(child(child(target, "Filter"), "S3Key"), "FilterRule");
  const value = (name: string) =>
    childText(
      rules.find((rule) => childText(rule, "Name")?.toLowerCase() === name),
      "Value",
    ) ?? "";
  return {
    id: childText(target, "Id"),
    [arn]: childText(target, arnElement),
    events: childTexts(target, "Event"),
    filter_prefix: value("prefix"),
    filter_suffix: value("suffix"),
  };
}
