import type { DescribeAlarmsCommandInput, DescribeAlarmsCommandOutput } from "@aws-sdk/client-cloudwatch";
import type { AwsAccess } from "./access.ts";
import { cloudWatch, JsonClient } from "./json-client.ts";

interface CloudWatchActions {
  readonly DescribeAlarms: { readonly input: DescribeAlarmsCommandInput; readonly output: DescribeAlarmsCommandOutput };
}

/** The actions of CloudWatch that programs use. */
export type CloudWatch = Pick<JsonClient<CloudWatchActions>, "call">;

/** Milliseconds; CloudWatch usually responds within 100 ms. */
const LIMITS = { connectTimeout: 1_000, responseTimeout: 3_000, timeout: 6_000 } as const;

export const openCloudWatch = (access: AwsAccess): CloudWatch =>
  new JsonClient<CloudWatchActions>(cloudWatch, access, LIMITS);
