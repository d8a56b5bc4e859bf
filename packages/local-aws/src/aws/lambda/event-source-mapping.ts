import { arn } from "../../runtime/account.ts";

export interface EventSourceMapping {
  readonly uuid: string;
  readonly eventSourceArn: string;
  /** Name or ARN of the function, with or without a qualifier. */
  readonly functionReference: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  /** Seconds. */
  readonly maximumBatchingWindow: number;
  readonly reportBatchItemFailures: boolean;
  readonly maximumConcurrency: number | undefined;
}

export function eventSourceMappingArn(uuid: string): string {
  return arn("lambda", `event-source-mapping:${uuid}`);
}
