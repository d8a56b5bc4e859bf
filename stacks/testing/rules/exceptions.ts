/** Where a rule is not followed, and why not. */
export interface Exception {
  /** First of the rule's ids. */
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
      "Images, packages and logs go by TLS through the NAT gateway; endpoints of ECR, CloudWatch and Systems Manager cost more than that traffic.",
  },
  { id: "CKV_AWS_18", where: /AccessLogs/, reason: "A bucket that logs its own logging never comes to rest." },
  {
    id: "CKV2_AWS_62",
    where: /^(?!s3-storage)/,
    reason: "Nobody waits for what comes into the buckets of logs and of state.",
  },
  {
    id: "AwsSolutions-RDS11",
    where: /./,
    reason: "The port keeps no secret, and security groups name who may use it.",
  },
  { id: "AwsSolutions-AEC5", where: /./, reason: "As the database's port." },
  {
    id: "CKV_AWS_115",
    where: /^(?!frontend .*ApiFunction)/,
    reason:
      "The queue's mapping bounds postgres-update, and one runs at night; authorizer and postgres-init hold no connection that must be shared out.",
  },
  {
    id: "CKV_AWS_116",
    where: /./,
    reason:
      "The events' dead letters lie in the queue's own queue; the nightly comparison is the only one that is invoked asynchronously, and an alarm tells when it failed or did not run.",
  },
  {
    id: "CKV_AWS_117",
    where: /AuthorizerFunction/,
    reason: "It reaches nothing in the VPC, and starts faster outside.",
  },
  {
    id: "CKV_AWS_309",
    where: /Route-GET-health_/,
    reason: "Liveness and readiness say nothing about data, and load balancers have no password.",
  },
  {
    id: "CKV_AWS_149",
    where: /./,
    reason: "AWS's own key serves who may read the secret, and nobody outside the account reads one.",
  },
  {
    id: "CKV_AWS_158",
    where: /./,
    reason: "Logs hold no secrets and no contents of files, and are encrypted by CloudWatch's own key.",
  },
  {
    id: "CKV_AWS_117",
    where: /^(hello|releases) /,
    reason: "AWS is reached by TLS from anywhere, and a function outside the VPC starts faster.",
  },
  { id: "CKV_AWS_309", where: /^releases /, reason: "What is told of a build is everybody's." },
  { id: "CKV_AWS_309", where: /^hello /, reason: "The contract lets everybody greet, and names no users." },
  { id: "CKV_AWS_86", where: /./, reason: "No answer is kept unasked, so the API's access log has every request." },
  { id: "CKV_AWS_305", where: /./, reason: "It is an API, and has no page at its root." },
  { id: "CKV_AWS_68", where: /./, reason: "A web ACL costs more than everything behind it; the stages are throttled." },
  {
    id: "CKV_AWS_24",
    where: /Balancer_Https?In_/,
    reason: "A public load balancer is there for everybody; plain HTTP leads to HTTPS where there is a certificate.",
  },
  {
    id: "CKV_AWS_382",
    where: /^shout .*FunctionToShoutcloud$/,
    reason: "SHOUTCLOUD's addresses are not ours to know, and may change; the function reaches its one port only.",
  },
  {
    id: "CKV_AWS_88",
    where: /^bastion /,
    reason: "It has a public address only when an environment names who may come, and is open to them alone.",
  },
  {
    id: "CKV_AWS_1",
    where: /^delivery aws_iam_policy\.(Workload|Delivery)Boundary$/,
    reason: "A boundary gives nothing: it is the most that policies may give, and those name their actions.",
  },
  { id: "AwsSolutions-SQS3", where: /DeadLetters$/, reason: "It is the dead-letter queue." },
];

/** Rules of the same checkers that nothing in these stacks is checked against, and why. */
export const rulesNotApplied: Readonly<Record<string, string>> = {
  "CKV_AWS_144, CKV_AWS_143 (replication, object lock)":
    "Files live for 30 days and can be uploaded again; the strict form costs a second region.",
  "CKV_AWS_173 (key of one's own for function environments)": "The environments hold addresses and ARNs, no secrets.",
  "CKV_AWS_272 (code signing)": "The pipeline builds, plans and applies the same bytes by their hash.",
  "CKV_AWS_338 (a year of logs)": "The contract says 7 days.",
  "CKV2_AWS_29 (WAF)": "AWS WAF cannot be put in front of an HTTP API.",
  "CKV2_AWS_57, AWS-0098 (rotation of secrets)":
    "RDS rotates the master's by itself; the application's is renewed by raising its version.",
  "CKV_AWS_354 (key of one's own for Performance Insights)": "Statements are kept without their parameters.",
  "CKV2_AWS_38, CKV2_AWS_39 (DNSSEC, query log)":
    "Both need the registrar or cost more than the zone; a domain is optional.",
  "EC2.10, EC2.55-57 (interface endpoints)":
    "Machines and tasks that call ECR or SSM do so by the NAT gateway; each endpoint costs about 7 USD a month in each zone.",
};
