import { type Area, global, type Place, prefixed, regional, type ServiceCalls } from "./service-calls.ts";

/** What requests come in by, and what tells how they went. */
export const edge: Area = {
  name: "edge",
  calls: (place) => [
    apis(place),
    distributions(place),
    certificates(place),
    zones(),
    logs(place),
    alarms(place),
    topics(place),
    keys(place),
  ],
};

/** API Gateway's actions are the methods of its API: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html */
const apis = ({ region }: Place): ServiceCalls => ({
  name: "Apis",
  types: [
    "aws_apigatewayv2_api",
    "aws_apigatewayv2_api_mapping",
    "aws_apigatewayv2_authorizer",
    "aws_apigatewayv2_domain_name",
    "aws_apigatewayv2_integration",
    "aws_apigatewayv2_route",
    "aws_apigatewayv2_stage",
  ],
  resources: ["apis", "apis/*", "domainnames", "domainnames/*", "tags/*"].map(
    (path) => `arn:aws:apigateway:${region}::/${path}`,
  ),
  read: ["apigateway:GET"],
  write: prefixed("apigateway", ["DELETE", "PATCH", "POST", "PUT", "TagResource", "UntagResource"]),
});

const distributions = (place: Place): ServiceCalls => ({
  name: "Distributions",
  types: [
    "aws_cloudfront_cache_policy",
    "aws_cloudfront_distribution",
    "aws_cloudfront_origin_request_policy",
    "aws_cloudfront_response_headers_policy",
  ],
  resources: ["cache-policy", "distribution", "origin-request-policy", "response-headers-policy"].map((kind) =>
    global(place, "cloudfront", `${kind}/*`),
  ),
  read: prefixed("cloudfront", [
    "GetCachePolicy",
    "GetDistribution",
    "GetOriginRequestPolicy",
    "GetResponseHeadersPolicy",
    "ListTagsForResource",
  ]),
  write: prefixed("cloudfront", [
    "CreateCachePolicy",
    "CreateDistribution",
    "CreateOriginRequestPolicy",
    "CreateResponseHeadersPolicy",
    "DeleteCachePolicy",
    "DeleteDistribution",
    "DeleteOriginRequestPolicy",
    "DeleteResponseHeadersPolicy",
    "TagResource",
    "UntagResource",
    "UpdateCachePolicy",
    "UpdateDistribution",
    "UpdateOriginRequestPolicy",
    "UpdateResponseHeadersPolicy",
  ]),
});

const certificates = (place: Place): ServiceCalls => ({
  name: "Certificates",
  types: ["aws_acm_certificate", "aws_acm_certificate_validation"],
  resources: [regional(place, "acm", "certificate/*")],
  read: prefixed("acm", ["DescribeCertificate", "ListTagsForCertificate"]),
  write: prefixed("acm", [
    "AddTagsToCertificate",
    "DeleteCertificate",
    "RemoveTagsFromCertificate",
    "RequestCertificate",
    "UpdateCertificateOptions",
  ]),
});

const zones = (): ServiceCalls => ({
  name: "Zones",
  types: ["aws_route53_record", "aws_route53_zone"],
  resources: ["arn:aws:route53:::hostedzone/*", "arn:aws:route53:::change/*"],
  read: prefixed("route53", ["GetChange", "GetHostedZone", "ListResourceRecordSets", "ListTagsForResource"]),
  write: prefixed("route53", [
    "ChangeResourceRecordSets",
    "ChangeTagsForResource",
    "DeleteHostedZone",
    "UpdateHostedZoneComment",
  ]),
  anywhere: { write: ["route53:CreateHostedZone"] },
});

/** Deliveries are what an API and a flow log write their own logs by: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html */
const logs = (place: Place): ServiceCalls => ({
  name: "Logs",
  types: ["aws_cloudwatch_log_group"],
  resources: [regional(place, "logs", "log-group:*")],
  read: prefixed("logs", ["DescribeLogGroups", "ListTagsForResource"]),
  write: prefixed("logs", [
    "CreateLogGroup",
    "DeleteLogGroup",
    "DeleteRetentionPolicy",
    "PutRetentionPolicy",
    "TagResource",
    "UntagResource",
  ]),
  anywhere: {
    read: prefixed("logs", ["DescribeResourcePolicies", "GetLogDelivery", "ListLogDeliveries"]),
    write: prefixed("logs", ["CreateLogDelivery", "DeleteLogDelivery", "PutResourcePolicy", "UpdateLogDelivery"]),
  },
});

const alarms = (place: Place): ServiceCalls => ({
  name: "Alarms",
  types: ["aws_cloudwatch_dashboard", "aws_cloudwatch_metric_alarm"],
  resources: [
    regional(place, "cloudwatch", `alarm:${place.prefix}-*`),
    global(place, "cloudwatch", `dashboard/${place.prefix}-*`),
  ],
  read: prefixed("cloudwatch", ["GetDashboard", "ListTagsForResource"]),
  write: prefixed("cloudwatch", [
    "DeleteAlarms",
    "DeleteDashboards",
    "PutDashboard",
    "PutMetricAlarm",
    "TagResource",
    "UntagResource",
  ]),
  anywhere: { read: ["cloudwatch:DescribeAlarms"] },
});

const topics = (place: Place): ServiceCalls => ({
  name: "Topics",
  types: ["aws_sns_topic", "aws_sns_topic_policy", "aws_sns_topic_subscription"],
  resources: [regional(place, "sns", `${place.prefix}-*`)],
  read: prefixed("sns", [
    "GetSubscriptionAttributes",
    "GetTopicAttributes",
    "ListSubscriptionsByTopic",
    "ListTagsForResource",
  ]),
  write: prefixed("sns", [
    "CreateTopic",
    "DeleteTopic",
    "SetSubscriptionAttributes",
    "SetTopicAttributes",
    "Subscribe",
    "TagResource",
    "Unsubscribe",
    "UntagResource",
  ]),
});

const keys = (place: Place): ServiceCalls => ({
  name: "Keys",
  types: ["aws_kms_alias", "aws_kms_key"],
  resources: [regional(place, "kms", "key/*"), regional(place, "kms", `alias/${place.prefix}-*`)],
  read: prefixed("kms", ["DescribeKey", "GetKeyPolicy", "GetKeyRotationStatus", "ListResourceTags"]),
  write: prefixed("kms", [
    "CreateAlias",
    "DeleteAlias",
    "EnableKey",
    "EnableKeyRotation",
    "PutKeyPolicy",
    "ScheduleKeyDeletion",
    "TagResource",
    "UntagResource",
    "UpdateAlias",
    "UpdateKeyDescription",
  ]),
  anywhere: { read: ["kms:ListAliases"], write: ["kms:CreateKey"] },
});
