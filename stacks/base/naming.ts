/** The limits of AWS for the names of one kind of resource. */
interface NameRule {
  readonly maximum: number;
  readonly pattern: RegExp;
  /** The page of the AWS documentation that states the limit. */
  readonly reference: string;
}

const hyphenated = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Lower-case words joined by single hyphens are valid names for every kind of resource. */
const rules = {
  anomalyMonitor: rule(1024, "aws-cost-management/latest/APIReference/API_AnomalyMonitor.html"),
  anomalySubscription: rule(1024, "aws-cost-management/latest/APIReference/API_AnomalySubscription.html"),
  alarm: rule(255, "AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html"),
  api: rule(128, "apigatewayv2/latest/api-reference/apis.html"),
  autoScalingGroup: rule(255, "autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html"),
  bucket: rule(63, "AmazonS3/latest/userguide/bucketnamingrules.html"),
  budget: rule(100, "aws-cost-management/latest/APIReference/API_budgets_Budget.html"),
  cache: rule(40, "AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html"),
  cacheUser: rule(40, "AmazonElastiCache/latest/APIReference/API_CreateUser.html"),
  canary: rule(21, "AmazonSynthetics/latest/APIReference/API_CreateCanary.html"),
  // Glue allows underscores too; see stacks/logs/catalog.ts.
  catalogDatabase: rule(255, "glue/latest/webapi/API_CreateDatabase.html"),
  cluster: rule(255, "AmazonECS/latest/APIReference/API_CreateCluster.html"),
  dashboard: rule(255, "AmazonCloudWatch/latest/APIReference/API_PutDashboard.html"),
  database: rule(63, "AmazonRDS/latest/APIReference/API_CreateDBInstance.html"),
  deliveryStream: rule(64, "firehose/latest/APIReference/API_CreateDeliveryStream.html"),
  edgePolicy: rule(128, "cloudfront/latest/APIReference/API_CachePolicyConfig.html"),
  function: rule(64, "lambda/latest/api/API_CreateFunction.html"),
  instanceProfile: rule(128, "IAM/latest/APIReference/API_CreateInstanceProfile.html"),
  key: rule(250, "kms/latest/APIReference/API_CreateAlias.html"),
  keyPair: rule(255, "AWSEC2/latest/APIReference/API_ImportKeyPair.html"),
  launchTemplate: rule(128, "AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html"),
  loadBalancer: rule(32, "elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html"),
  parameterGroup: rule(255, "AmazonRDS/latest/APIReference/API_CreateDBParameterGroup.html"),
  policy: rule(128, "IAM/latest/APIReference/API_CreatePolicy.html"),
  queue: rule(80, "AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html"),
  repository: rule(256, "AmazonECR/latest/APIReference/API_CreateRepository.html"),
  role: rule(64, "IAM/latest/UserGuide/reference_iam-quotas.html"),
  scalingPolicy: rule(256, "autoscaling/application/APIReference/API_PutScalingPolicy.html"),
  schedule: rule(64, "scheduler/latest/APIReference/API_CreateSchedule.html"),
  // Secrets Manager advises against names that end in a hyphen and six characters, because they are ambiguous in
  // requests by partial ARN. All requests of this project use the complete ARN.
  secret: rule(512, "secretsmanager/latest/apireference/API_CreateSecret.html"),
  securityGroup: rule(255, "AWSEC2/latest/APIReference/API_CreateSecurityGroup.html"),
  subnetGroup: rule(255, "AmazonRDS/latest/APIReference/API_CreateDBSubnetGroup.html"),
  targetGroup: rule(32, "elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html"),
  task: rule(255, "AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html"),
  table: rule(255, "amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html"),
  topic: rule(256, "sns/latest/api/API_CreateTopic.html"),
  workgroup: rule(128, "athena/latest/APIReference/API_CreateWorkGroup.html"),
  /** The `Name` tag of resources whose identifiers AWS generates. */
  tag: rule(256, "AWSEC2/latest/UserGuide/Using_Tags.html"),
} as const satisfies Record<string, NameRule>;

export type NameKind = keyof typeof rules;
export const nameKinds = Object.keys(rules) as readonly NameKind[];

/** AWS would reject the physical name. */
export class NameError extends Error {
  override readonly name = "NameError";
  readonly code = "INVALID_NAME";
}

/** The parts of every physical name that depend on the environment. */
export interface Naming {
  readonly prefix: string;
  readonly bucketSuffix: string | undefined;
}

/**
 * The physical name of a resource: `<prefix>-<name>`, followed by the environment's bucket suffix for buckets.
 *
 * @throws NameError when it exceeds the maximum length for the kind or contains invalid characters.
 */
export function physicalName({ prefix, bucketSuffix }: Naming, kind: NameKind, name: string): string {
  const parts = kind === "bucket" && bucketSuffix !== undefined ? [prefix, name, bucketSuffix] : [prefix, name];
  const complete = parts.join("-");
  const { maximum, pattern, reference } = rules[kind];
  if (complete.length > maximum) {
    const found = `The ${kind} name "${complete}" has ${complete.length} characters`;
    throw new NameError(`${found}; AWS allows at most ${maximum}: ${reference}`);
  }
  if (!pattern.test(complete)) {
    throw new NameError(`The ${kind} name "${complete}" does not match ${pattern.source}: ${reference}`);
  }
  return complete;
}

/** The maximum length of a name, in characters. */
export const maximumLength = (kind: NameKind): number => rules[kind].maximum;

function rule(maximum: number, page: string): NameRule {
  return { maximum, pattern: hyphenated, reference: `https://docs.aws.amazon.com/${page}` };
}
