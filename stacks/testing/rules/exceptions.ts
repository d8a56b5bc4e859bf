/** An accepted violation of a rule. */
export interface Exception {
  /** The first ID of the rule. */
  readonly id: string;
  /** Matches `<stack> <type>.<name>`. */
  readonly where: RegExp;
  readonly reason: string;
}

export const exceptions: readonly Exception[] = [
  {
    id: "CKV_AWS_382",
    where: /^(sum|bastion) .*_ToAws_/,
    reason:
      "Images, packages and logs use TLS through the NAT gateway; interface endpoints cost more than this traffic.",
  },
  { id: "CKV_AWS_18", where: /AccessLogs/, reason: "A bucket that logs its own log writes creates an endless loop." },
  {
    id: "CKV2_AWS_62",
    where: /^(?!s3-storage)/,
    reason: "Nothing processes events of the log buckets and the state bucket.",
  },
  {
    id: "AwsSolutions-RDS11",
    where: /./,
    reason: "A non-default port adds no security; security groups limit access.",
  },
  { id: "AwsSolutions-AEC5", where: /./, reason: "A non-default port adds no security; security groups limit access." },
  {
    id: "CKV_AWS_115",
    where: /^(?!frontend .*ApiFunction)/,
    reason:
      "Event source mappings limit postgres-update and notifier; the other functions need no share of the database connections.",
  },
  {
    id: "CKV_AWS_116",
    where: /./,
    reason:
      "Events have a dead-letter queue; alarms report a failed or missed reconciliation, and failures of the audit " +
      "function, whose entries remain in the logs of the functions for a week.",
  },
  {
    id: "CKV_AWS_117",
    where: /^(frontend .*(Authorizer|Docs|Ui|Users)Function|users |logs )/,
    reason: "They use no resource in the VPC, and start faster outside.",
  },
  {
    id: "CKV_AWS_309",
    where: /Route-(GET|HEAD)-(api-openapi-json|docs|api-docs-asset)_/,
    reason: "The description of the API contains no data, and tools read it without credentials.",
  },
  {
    id: "CKV_AWS_309",
    where: /Route-(GET|HEAD)-health_/,
    reason: "Health checks return no data, and load balancers send no credentials.",
  },
  {
    id: "CKV_AWS_309",
    where: /Route-(GET|HEAD)-ui(-path)?_/,
    reason: "The page contains no data: it signs in to the API like any other client.",
  },
  {
    id: "CKV_AWS_309",
    where: /Route-default_/,
    reason: "Requests that no route matches are answered with 404 or 405, whatever files exist.",
  },
  {
    id: "CKV_AWS_149",
    where: /./,
    reason: "The AWS managed key is sufficient, because no other account reads the secrets.",
  },
  {
    id: "CKV_AWS_158",
    where: /./,
    reason: "Logs contain no secrets and no file contents, and CloudWatch encrypts them with its own key.",
  },
  {
    id: "CKV_AWS_117",
    where: /^(hello|releases) /,
    reason: "They use only AWS APIs, with TLS, and a function outside the VPC starts faster.",
  },
  {
    id: "CKV_AWS_117",
    where: /^notifications /,
    reason: "It sends to Slack and PagerDuty, with TLS, and functions in the VPC have no internet access.",
  },
  { id: "CKV_AWS_309", where: /^releases /, reason: "Build information is public." },
  { id: "CKV_AWS_309", where: /^hello /, reason: "The contract defines a public API without authentication." },
  {
    id: "CKV_AWS_86",
    where: /./,
    reason: "CloudFront forwards uncached requests, so the access log of the API has them.",
  },
  { id: "CKV_AWS_305", where: /./, reason: "It is an API without a page at its root." },
  {
    id: "CKV_AWS_68",
    where: /./,
    reason: "A web ACL costs more than the rest of the system; the stages are throttled.",
  },
  {
    id: "CKV_AWS_24",
    where: /Balancer_Https?In_/,
    reason: "The load balancer is public; with a certificate it redirects HTTP to HTTPS.",
  },
  {
    id: "CKV_AWS_382",
    where: /^shout .*FunctionToShoutcloud$/,
    reason: "The addresses of SHOUTCLOUD are unknown and may change; only its port is allowed.",
  },
  {
    id: "CKV_AWS_88",
    where: /^bastion /,
    reason:
      "It has a public address only if the environment has allowed addresses, and accepts connections from these only.",
  },
  {
    id: "CKV_AWS_1",
    where: /^delivery aws_iam_policy\.(Workload|Delivery)Boundary$/,
    reason: "A permissions boundary grants nothing; the policies that grant permissions name their actions.",
  },
  { id: "AwsSolutions-SQS3", where: /DeadLetters(_|$)/, reason: "It is the dead-letter queue." },
];
