import {
  type ArnScope,
  globalArn,
  type PolicyArea,
  prefixed,
  regionalArn,
  type ServiceActions,
} from "./service-actions.ts";

/** Entry points of requests, and monitoring. */
export const edge: PolicyArea = {
  name: "edge",
  services: (arnScope) => [
    apis(arnScope),
    distributions(arnScope),
    certificates(arnScope),
    zones(),
    logs(arnScope),
    alarms(arnScope),
    topics(arnScope),
    budgets(arnScope),
    costAnomalies(arnScope),
    keys(arnScope),
  ],
};

/**
 * The actions of API Gateway are the HTTP methods of its API:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html
 */
const apis = ({ region }: ArnScope): ServiceActions => ({
  name: "Apis",
  resourceTypes: [
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

const distributions = (arnScope: ArnScope): ServiceActions => ({
  name: "Distributions",
  resourceTypes: [
    "aws_cloudfront_cache_policy",
    "aws_cloudfront_distribution",
    "aws_cloudfront_origin_request_policy",
    "aws_cloudfront_response_headers_policy",
  ],
  resources: ["cache-policy", "distribution", "origin-request-policy", "response-headers-policy"].map((kind) =>
    globalArn(arnScope, "cloudfront", `${kind}/*`),
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

const certificates = (arnScope: ArnScope): ServiceActions => ({
  name: "Certificates",
  resourceTypes: ["aws_acm_certificate", "aws_acm_certificate_validation"],
  resources: [regionalArn(arnScope, "acm", "certificate/*")],
  read: prefixed("acm", ["DescribeCertificate", "ListTagsForCertificate"]),
  write: prefixed("acm", [
    "AddTagsToCertificate",
    "DeleteCertificate",
    "RemoveTagsFromCertificate",
    "RequestCertificate",
    "UpdateCertificateOptions",
  ]),
});

const zones = (): ServiceActions => ({
  name: "Zones",
  resourceTypes: ["aws_route53_record", "aws_route53_zone"],
  resources: ["arn:aws:route53:::hostedzone/*", "arn:aws:route53:::change/*"],
  read: prefixed("route53", ["GetChange", "GetHostedZone", "ListResourceRecordSets", "ListTagsForResource"]),
  write: prefixed("route53", [
    "ChangeResourceRecordSets",
    "ChangeTagsForResource",
    "DeleteHostedZone",
    "UpdateHostedZoneComment",
  ]),
  unscoped: { write: ["route53:CreateHostedZone"] },
});

/**
 * The access logs of APIs and the flow log are written by log deliveries:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
 */
const logs = (arnScope: ArnScope): ServiceActions => ({
  name: "Logs",
  resourceTypes: ["aws_cloudwatch_log_group", "aws_cloudwatch_log_stream", "aws_cloudwatch_log_subscription_filter"],
  resources: [regionalArn(arnScope, "logs", "log-group:*")],
  read: prefixed("logs", [
    "DescribeLogGroups",
    "DescribeLogStreams",
    "DescribeSubscriptionFilters",
    "ListTagsForResource",
  ]),
  write: prefixed("logs", [
    "CreateLogGroup",
    "CreateLogStream",
    "DeleteLogGroup",
    "DeleteLogStream",
    "DeleteRetentionPolicy",
    "DeleteSubscriptionFilter",
    "PutRetentionPolicy",
    "PutSubscriptionFilter",
    "TagResource",
    "UntagResource",
  ]),
  unscoped: {
    read: prefixed("logs", ["DescribeResourcePolicies", "GetLogDelivery", "ListLogDeliveries"]),
    write: prefixed("logs", ["CreateLogDelivery", "DeleteLogDelivery", "PutResourcePolicy", "UpdateLogDelivery"]),
  },
});

const alarms = (arnScope: ArnScope): ServiceActions => ({
  name: "Alarms",
  resourceTypes: ["aws_cloudwatch_composite_alarm", "aws_cloudwatch_dashboard", "aws_cloudwatch_metric_alarm"],
  resources: [
    regionalArn(arnScope, "cloudwatch", `alarm:${arnScope.prefix}-*`),
    globalArn(arnScope, "cloudwatch", `dashboard/${arnScope.prefix}-*`),
  ],
  read: prefixed("cloudwatch", ["GetDashboard", "ListTagsForResource"]),
  write: prefixed("cloudwatch", [
    "DeleteAlarms",
    "DeleteDashboards",
    "PutCompositeAlarm",
    "PutDashboard",
    "PutMetricAlarm",
    "TagResource",
    "UntagResource",
  ]),
  unscoped: { read: ["cloudwatch:DescribeAlarms"] },
});

const topics = (arnScope: ArnScope): ServiceActions => ({
  name: "Topics",
  resourceTypes: ["aws_sns_topic", "aws_sns_topic_policy", "aws_sns_topic_subscription"],
  resources: [regionalArn(arnScope, "sns", `${arnScope.prefix}-*`)],
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

/** The IDs of monitors and subscriptions are random. */
const costAnomalies = (arnScope: ArnScope): ServiceActions => ({
  name: "CostAnomalies",
  resourceTypes: ["aws_ce_anomaly_monitor", "aws_ce_anomaly_subscription"],
  resources: [globalArn(arnScope, "ce", "anomalymonitor/*"), globalArn(arnScope, "ce", "anomalysubscription/*")],
  read: prefixed("ce", ["GetAnomalyMonitors", "GetAnomalySubscriptions", "ListTagsForResource"]),
  write: prefixed("ce", [
    "CreateAnomalyMonitor",
    "CreateAnomalySubscription",
    "DeleteAnomalyMonitor",
    "DeleteAnomalySubscription",
    "TagResource",
    "UntagResource",
    "UpdateAnomalyMonitor",
    "UpdateAnomalySubscription",
  ]),
});

const budgets = (arnScope: ArnScope): ServiceActions => ({
  name: "Budgets",
  resourceTypes: ["aws_budgets_budget"],
  resources: [globalArn(arnScope, "budgets", `budget/${arnScope.prefix}-*`)],
  read: prefixed("budgets", ["ListTagsForResource", "ViewBudget"]),
  write: prefixed("budgets", ["ModifyBudget", "TagResource", "UntagResource"]),
});

const keys = (arnScope: ArnScope): ServiceActions => ({
  name: "Keys",
  resourceTypes: ["aws_kms_alias", "aws_kms_key"],
  resources: [regionalArn(arnScope, "kms", "key/*"), regionalArn(arnScope, "kms", `alias/${arnScope.prefix}-*`)],
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
  unscoped: { read: ["kms:ListAliases"], write: ["kms:CreateKey"] },
});
