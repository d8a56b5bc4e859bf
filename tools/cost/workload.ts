import type { Resource, SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import type { Charge } from "./charges.ts";

/** The use of Files in a month. */
export interface Workload {
  /** Requests to the API. */
  readonly requests: number;
  /** GB that are stored all month, and that are downloaded once. */
  readonly gigabytes: number;
}

/** The share of each kind of request. */
export const mix = { list: 0.3, download: 0.6, upload: 0.1 };

/** What one request is assumed to use, on average. */
export const assumptions = {
  /**
   * Billed milliseconds of the function `api`: those of a local deployment, which are not those of AWS. The metric
   * `Duration` of a deployment is right.
   */
  listMilliseconds: 15,
  downloadMilliseconds: 30,
  uploadMilliseconds: 50,
  /** Per upload, for the function `postgres-update`, which could process up to ten events at once. */
  eventMilliseconds: 30,
  /** API Gateway keeps an answer of the authorizer for 5 minutes; this is the share of requests without one. */
  authorized: 0.1,
  authorizerMilliseconds: 100,
  /** Requests of the authorizer to DynamoDB. */
  authorizerReads: 2,
  /** Of all functions, for one request; a line has about 300 bytes. */
  logBytes: 1_000,
};

/**
 * The invocations that are traced: one per second and 5 % of the others.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
 */
const sampling = { reservoir: 730 * 3_600, rate: 0.05 };

/** The traces of evenly distributed requests, each with the invocations that it causes: no API starts a trace. */
function tracesOf({ requests }: Workload): number {
  const invocations = requests * (1 + assumptions.authorized + mix.upload);
  const others = Math.max(0, invocations - sampling.reservoir);
  return invocations - others + others * sampling.rate;
}

/** Requests to SQS for one event: S3 sends it, and Lambda receives and deletes it. */
const QUEUE_REQUESTS = 3;
const BYTES_PER_GB = 1e9;

type Meter = (workload: Workload, resource: Resource) => readonly Charge[];

interface Use {
  readonly stack: string;
  readonly type: string;
  /** Selects the resource by the end of its physical name, where the stack has several of the type. */
  readonly name?: { readonly attribute: string; readonly ending: string };
  readonly meter: Meter;
}

const uploadsOf = ({ requests }: Workload): number => requests * mix.upload;

const invocations = (count: number, milliseconds: number, { attributes }: Resource): Charge[] => [
  { price: "Lambda request", quantity: count },
  {
    price: "Lambda duration on ARM",
    quantity: (count * milliseconds * Number(attributes.memory_size)) / 1024 / 1000,
  },
];

const namedFunction = (ending: string) => ({ attribute: "function_name", ending });

/** The resources that the requests use, and the part of the bill that each causes. */
const uses: readonly Use[] = [
  {
    stack: "frontend",
    type: "aws_apigatewayv2_api",
    meter: ({ requests, gigabytes }) => [
      { price: "HTTP API request", quantity: requests },
      { price: "data to the internet", quantity: gigabytes },
      { price: "log data", quantity: (requests * assumptions.logBytes) / BYTES_PER_GB },
    ],
  },
  {
    stack: "frontend",
    type: "aws_lambda_function",
    name: namedFunction("-api"),
    meter: (workload, resource) => {
      const { listMilliseconds, downloadMilliseconds, uploadMilliseconds } = assumptions;
      const average =
        mix.list * listMilliseconds + mix.download * downloadMilliseconds + mix.upload * uploadMilliseconds;
      return [
        ...invocations(workload.requests, average, resource),
        { price: "trace", quantity: tracesOf(workload) }, // Of all functions.
      ];
    },
  },
  {
    stack: "frontend",
    type: "aws_lambda_function",
    name: namedFunction("-authorizer"),
    meter: ({ requests }, resource) =>
      invocations(requests * assumptions.authorized, assumptions.authorizerMilliseconds, resource),
  },
  {
    stack: "users",
    type: "aws_dynamodb_table",
    name: { attribute: "name", ending: "-users" },
    meter: ({ requests }) => [
      { price: "DynamoDB read", quantity: requests * assumptions.authorized * assumptions.authorizerReads },
    ],
  },
  {
    stack: "s3-storage",
    type: "aws_s3_bucket",
    meter: (workload) => [
      { price: "S3 upload", quantity: uploadsOf(workload) },
      { price: "S3 download", quantity: workload.requests * mix.download },
      { price: "S3 storage", quantity: workload.gigabytes },
    ],
  },
  {
    stack: "s3-storage",
    type: "aws_sqs_queue",
    name: { attribute: "name", ending: "-events" },
    meter: (workload) => [{ price: "SQS request", quantity: uploadsOf(workload) * QUEUE_REQUESTS }],
  },
  {
    stack: "s3-storage",
    type: "aws_lambda_function",
    name: namedFunction("-postgres-update"),
    meter: (workload, resource) => invocations(uploadsOf(workload), assumptions.eventMilliseconds, resource),
  },
];

/** The charges that a workload adds to a resource. */
export function chargesForUse(resource: Resource, workload: Workload): readonly Charge[] {
  return uses.filter((use) => isUsed(resource, use)).flatMap(({ meter }) => meter(workload, resource));
}

/**
 * The uses whose resource the stacks do not have, or have several of, each as a description.
 *
 * @returns nothing unless a resource was renamed
 */
export const unmatchedUses = (stacks: SynthesizedStacks): string[] =>
  uses
    .filter((use) => stacks.resources.filter((resource) => isUsed(resource, use)).length !== 1)
    .map(({ stack, type, name }) => [stack, type, name?.ending].filter(Boolean).join(" "));

const isUsed = ({ stack, type, attributes }: Resource, use: Use): boolean =>
  stack === use.stack && type === use.type && (!use.name || endsWith(attributes[use.name.attribute], use.name.ending));

const endsWith = (value: unknown, ending: string): boolean => typeof value === "string" && value.endsWith(ending);
