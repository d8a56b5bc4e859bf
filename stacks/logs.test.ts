import { describe, expect, it } from "vitest";
import { columns } from "../services/normalize-logs/columns.ts";
import { savedQueries } from "./logs/saved-queries.ts";
import {
  type Attributes,
  resource,
  resources,
  stackOf,
  statements,
  synthesize,
  testEnvironments,
} from "./testing/synthesize.ts";

const { prod, local } = testEnvironments;
const synthesized = synthesize(prod);
const stack = stackOf(synthesized, "logs");
const named = (type: string, name: string): Attributes =>
  resources(stack, type).find((candidate) => String(candidate.name ?? candidate.bucket) === name) ?? {};

describe("the bucket of the lake", () => {
  const rules = resources(stack, "aws_s3_bucket_lifecycle_configuration").map(({ rule }) => rule as Attributes[]);

  it("keeps entries for a year in cheaper and cheaper classes, and what could not be read for a week", () => {
    const [lake = []] = rules.filter((rule) => rule.some(({ transition }) => transition));
    expect(lake[0]).toMatchObject({
      expiration: [{ days: 365 }],
      transition: [
        { days: 30, storage_class: "STANDARD_IA" },
        { days: 90, storage_class: "GLACIER_IR" },
      ],
      noncurrent_version_expiration: [{ noncurrent_days: 1 }],
    });
    expect(lake).toContainEqual(
      expect.objectContaining({ id: "expire-errors", filter: [{ prefix: "errors/" }], expiration: [{ days: 7 }] }),
    );
  });

  it("is not the bucket of the results, which expire after a week", () => {
    expect(rules).toContainEqual(expect.arrayContaining([expect.objectContaining({ expiration: [{ days: 7 }] })]));
    expect(named("aws_s3_bucket", "nv-demo-log-results")).not.toEqual({});
  });
});

describe("the delivery stream", () => {
  const stream = resource(stack, "aws_kinesis_firehose_delivery_stream");

  it("writes compressed objects by day, and errors elsewhere", () => {
    expect(stream.extended_s3_configuration).toMatchObject({
      prefix: "entries/day=!{timestamp:yyyy-MM-dd}/",
      error_output_prefix: "errors/!{firehose:error-output-type}/day=!{timestamp:yyyy-MM-dd}/",
      compression_format: "GZIP",
      buffering_interval: 300,
    });
    const settings = resource(stackOf(synthesize(local), "logs"), "aws_kinesis_firehose_delivery_stream");
    expect(settings.extended_s3_configuration).toMatchObject({ buffering_interval: 2 });
  });

  it("may write to its prefixes, invoke its function and write its log, and nothing else", () => {
    const [policy] = resources(stack, "aws_iam_role_policy").filter(({ name }) => name === "delivery");
    const allowed = statements(policy?.policy).map(({ Action, Resource }) => [[Action].flat(), [Resource].flat()]);
    const bucket = expect.stringMatching(/^\$\{aws_s3_bucket\.Lake_Bucket_\w+\.arn\}$/);
    const below = (prefix: string) => expect.stringMatching(new RegExp(`Lake_Bucket_\\w+\\.arn\\}/${prefix}/\\*$`));
    expect(allowed).toEqual([
      [
        ["s3:AbortMultipartUpload", "s3:PutObject"],
        [below("entries"), below("errors")],
      ],
      [["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"], [bucket]],
      [
        ["lambda:GetFunctionConfiguration", "lambda:InvokeFunction"],
        [expect.stringMatching(/NormalizeFunction.*arn\}$/), expect.stringMatching(/NormalizeFunction.*:\$LATEST$/)],
      ],
      [["logs:PutLogEvents"], [expect.stringMatching(/Delivery_Log.*:\*$/)]],
    ]);
    expect(
      JSON.parse(String(named("aws_iam_role", "nv-demo-log-delivery").assume_role_policy)).Statement[0],
    ).toMatchObject({
      Principal: { Service: "firehose.amazonaws.com" },
      Condition: { StringEquals: { "sts:ExternalId": prod.accountId } },
    });
  });

  it("receives records from CloudWatch Logs of this account with a role that may do nothing else", () => {
    const [policy] = resources(stack, "aws_iam_role_policy").filter(({ name }) => name === "subscription");
    expect(statements(policy?.policy)).toEqual([
      {
        Sid: "PutRecords",
        Effect: "Allow",
        Action: ["firehose:PutRecord", "firehose:PutRecordBatch"],
        Resource: expect.stringContaining("aws_kinesis_firehose_delivery_stream.Delivery_Stream"),
      },
    ]);
    const trust = JSON.parse(String(named("aws_iam_role", "nv-demo-log-subscription").assume_role_policy));
    expect(trust.Statement[0]).toMatchObject({
      Principal: { Service: "logs.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": prod.accountId } },
    });
  });
});

describe("the tables", () => {
  it("have the columns of the entries, and a projected partition for each day of a year", () => {
    const { storage_descriptor, parameters, partition_keys } = named("aws_glue_catalog_table", "entries");
    const { columns: declared } = storage_descriptor as { columns: { name: string; type: string }[] };
    expect(Object.fromEntries(declared.map(({ name, type }) => [name, type]))).toEqual(columns);
    expect(partition_keys).toEqual([{ name: "day", type: "string" }]);
    expect(parameters).toMatchObject({
      "projection.day.range": "NOW-1YEARS,NOW",
      "storage.location.template": expect.stringMatching(
        /^s3:\/\/\$\{aws_s3_bucket\..*\}\/entries\/day=\$\$\{day\}\/$/,
      ),
    });
  });

  it("include the flow log of the VPC, in the bucket and the format in which it is written", () => {
    const { parameters } = named("aws_glue_catalog_table", "rejected_traffic");
    const vpc = stackOf(synthesized, "vpc");
    const bucket = resources(vpc, "aws_s3_bucket").map(({ bucket: name }) => name);
    expect(bucket).toContain("nv-demo-flow-logs");
    expect(parameters).toMatchObject({
      "storage.location.template":
        "s3://nv-demo-flow-logs/AWSLogs/aws-account-id=123456789012/aws-service=vpcflowlogs/aws-region=us-east-1/year=$${year}/month=$${month}/day=$${day}/",
    });
    expect(resource(vpc, "aws_flow_log").destination_options).toEqual({
      file_format: "parquet",
      hive_compatible_partitions: true,
      per_hour_partition: false,
    });
  });
});

it("limits what a query may read, and encrypts the results, whatever the client wants", () => {
  expect(resource(stack, "aws_athena_workgroup")).toMatchObject({
    name: "nv-demo-logs",
    configuration: {
      enforce_workgroup_configuration: true,
      bytes_scanned_cutoff_per_query: 10 * 1024 ** 3,
      result_configuration: { encryption_configuration: { encryption_option: "SSE_S3" } },
    },
  });
});

it("has the saved queries, each limited to some days", () => {
  const queries = resources(stack, "aws_athena_named_query");
  expect(queries.map(({ name }) => name)).toEqual(savedQueries.map(({ name }) => name).toSorted());
  for (const { statement } of savedQueries) expect(statement).toMatch(/\bday >= |\byear \* 12/);
});
