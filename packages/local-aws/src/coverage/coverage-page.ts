import type { Coverage } from "./coverage.ts";

/** Names of the services by the name with which the SDKs sign for them. */
const SERVICE_NAMES: Readonly<Record<string, string>> = {
  athena: "Amazon Athena",
  "application-autoscaling": "Application Auto Scaling",
  dynamodb: "Amazon DynamoDB",
  ecr: "Amazon ECR",
  ecs: "Amazon ECS",
  elasticache: "Amazon ElastiCache",
  elasticloadbalancing: "Elastic Load Balancing",
  events: "Amazon EventBridge",
  firehose: "Amazon Data Firehose",
  glue: "AWS Glue",
  lambda: "AWS Lambda",
  logs: "Amazon CloudWatch Logs",
  monitoring: "Amazon CloudWatch",
  rds: "Amazon RDS",
  s3: "Amazon S3",
  secretsmanager: "AWS Secrets Manager",
  sns: "Amazon SNS",
  sqs: "Amazon SQS",
  sts: "AWS STS",
  synthetics: "Amazon CloudWatch Synthetics",
  xray: "AWS X-Ray",
};

/**
 * The coverage as a Markdown page.
 *
 * @throws Error for a service without an entry in {@link SERVICE_NAMES}.
 */
export function coveragePage({ actions, resourceTypes, dataSources, ephemeralResources }: Coverage): string {
  const services = Object.entries(actions);
  const actionCount = services.reduce((sum, [, names]) => sum + names.length, 0);
  const { live, recordedOnly } = resourceTypes;
  return `${[
    "# Coverage of the local AWS",
    `${actionCount} actions of ${services.length} services; ${live.length + recordedOnly.length} resource types, ` +
      `${live.length} of them live; ${dataSources.computed.length + dataSources.recordedOnly.length} data sources.`,
    "A test generates this page from the services and the schema; `npx vitest run packages/local-aws/src/coverage -u` updates it.",
    "Any other action is rejected with `501` and its name, any other resource type by Terraform.",
    "## Actions",
    ...services.flatMap(([signingName, names]) => [
      `### ${serviceName(signingName)}`,
      `${names.length === 1 ? "1 action" : `${names.length} actions`}, signed as \`${signingName}\`:`,
      list(names),
    ]),
    "## Resource types",
    "Every type is planned with the defaults, computed values and replacements of hashicorp/aws, and can be refreshed, imported and destroyed.",
    "### Live",
    "A part of the resource runs or stores data on this machine:",
    list(live),
    "### Recorded only",
    "The resource exists only as a record of the provider:",
    list(recordedOnly),
    "## Data sources",
    "### Computed",
    list(dataSources.computed),
    "### Recorded only",
    "These find a recorded resource whose arguments equal all arguments of the data source:",
    list(dataSources.recordedOnly),
    "## Ephemeral resources",
    list(ephemeralResources),
  ]
    .map(wrap)
    .join("\n\n")}\n`;
}

function serviceName(signingName: string): string {
  const name = SERVICE_NAMES[signingName];
  if (name === undefined) throw new Error(`The coverage page has no name for the service ${signingName}.`);
  return name;
}

function list(names: readonly string[]): string {
  return `${names.map((name) => `\`${name}\``).join(", ")}.`;
}

const WIDTH = 120;

/** Breaks a paragraph into lines; code in quotes has no spaces and is not broken. */
function wrap(paragraph: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of paragraph.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}
