import { CommandError } from "../command-line/errors.ts";

/** A list price of AWS: us-east-1, on demand, US dollars before tax. */
export interface Price {
  readonly usd: number;
  /** The unit; `month` is one resource for a month of 730 hours. */
  readonly per:
    | "hour"
    | "month"
    | "GB-month"
    | "vCPU-hour"
    | "GB-hour"
    | "run"
    | "metric-month"
    | "request"
    | "trace"
    | "GB-second"
    | "GB";
  /** The quantity that is always free, per account and month. */
  readonly free: number;
  /** Year and month in which the price was looked up. */
  readonly date: string;
  readonly source: string;
}

type Unit = Price["per"];
const listed =
  (date: string, page: string) =>
  (usd: number, per: Unit, free = 0): Price => ({ usd, per, free, date, source: `https://aws.amazon.com/${page}` });

const rds = listed("2026-06", "rds/postgresql/pricing/");
const elasticache = listed("2026-06", "elasticache/pricing/");
const vpc = listed("2026-06", "vpc/pricing/");
const endpoints = listed("2026-06", "privatelink/pricing/");
const loadBalancing = listed("2026-06", "elasticloadbalancing/pricing/");
const ec2 = listed("2026-06", "ec2/pricing/on-demand/");
const ebs = listed("2026-06", "ebs/pricing/");
const fargate = listed("2026-06", "fargate/pricing/");
const cloudwatch = listed("2026-06", "cloudwatch/pricing/");
const secrets = listed("2026-06", "secrets-manager/pricing/");
const kms = listed("2026-06", "kms/pricing/");
const route53 = listed("2026-06", "route53/pricing/");
const apiGateway = listed("2026-11", "api-gateway/pricing/");
const lambda = listed("2026-11", "lambda/pricing/");
const s3 = listed("2026-11", "s3/pricing/");
const sqs = listed("2026-11", "sqs/pricing/");
const dynamodb = listed("2026-11", "dynamodb/pricing/on-demand/");
const xray = listed("2026-11", "xray/pricing/");

const MILLION = 1_000_000;

export const prices = {
  "db.t4g.micro": rds(0.016, "hour"),
  "db.t4g.micro multi-AZ": rds(0.032, "hour"),
  "db.t4g.small": rds(0.032, "hour"),
  "db.t4g.small multi-AZ": rds(0.065, "hour"),
  "database storage gp3": rds(0.115, "GB-month"),
  "database storage gp3 multi-AZ": rds(0.23, "GB-month"),
  "cache.t4g.micro": elasticache(0.0128, "hour"), // The price for Valkey, 20 % below that for Redis.
  "NAT gateway": vpc(0.045, "hour"),
  "public IPv4 address": vpc(0.005, "hour"),
  "interface endpoint in a zone": endpoints(0.01, "hour"),
  "application load balancer": loadBalancing(0.0225, "hour"),
  "t4g.nano": ec2(0.0042, "hour"),
  "t4g.micro": ec2(0.0084, "hour"),
  "volume gp3": ebs(0.08, "GB-month"),
  "Fargate ARM vCPU": fargate(0.03238, "vCPU-hour"),
  "Fargate ARM memory": fargate(0.00356, "GB-hour"),
  alarm: cloudwatch(0.1, "month", 10),
  "composite alarm": cloudwatch(0.5, "month"),
  dashboard: cloudwatch(3, "month", 3),
  "canary run": cloudwatch(0.0012, "run", 100),
  metric: cloudwatch(0.3, "metric-month", 10),
  secret: secrets(0.4, "month"),
  "KMS key": kms(1, "month"), // Each of the first two yearly rotations adds the same amount.
  "hosted zone": route53(0.5, "month"),
  // Prices of use, in the first tier.
  "HTTP API request": apiGateway(1 / MILLION, "request"),
  "Lambda request": lambda(0.2 / MILLION, "request", MILLION),
  "Lambda duration on ARM": lambda(0.0000133334, "GB-second", 400_000),
  "S3 upload": s3(5 / MILLION, "request"),
  "S3 download": s3(0.4 / MILLION, "request"),
  "S3 storage": s3(0.023, "GB-month"),
  "data to the internet": ec2(0.09, "GB", 100),
  "SQS request": sqs(0.4 / MILLION, "request", MILLION),
  "DynamoDB read": dynamodb(0.125 / MILLION, "request"),
  "log data": cloudwatch(0.5, "GB", 5),
  trace: xray(5 / MILLION, "trace", 100_000),
} as const satisfies Readonly<Record<string, Price>>;

export type PriceName = keyof typeof prices;

/** The stacks use a resource whose price is not listed. */
export class UnknownPriceError extends CommandError {
  override readonly name = "UnknownPriceError";
  readonly code = "UNKNOWN_PRICE";
}

/** @throws UnknownPriceError */
export function priceName(name: string): PriceName {
  if (Object.hasOwn(prices, name)) return name as PriceName;
  throw new UnknownPriceError(`There is no price for "${name}"; add it to tools/cost/prices.ts.`);
}
