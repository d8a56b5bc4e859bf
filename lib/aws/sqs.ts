import type {
  ChangeMessageVisibilityCommandInput,
  ChangeMessageVisibilityCommandOutput,
  SendMessageCommandInput,
  SendMessageCommandOutput,
} from "@aws-sdk/client-sqs";
import type { AwsAccess } from "./access.ts";
import { JsonClient, sqs } from "./json-client.ts";

interface SqsActions {
  readonly ChangeMessageVisibility: {
    readonly input: ChangeMessageVisibilityCommandInput;
    readonly output: ChangeMessageVisibilityCommandOutput;
  };
  readonly SendMessage: { readonly input: SendMessageCommandInput; readonly output: SendMessageCommandOutput };
}

/** The actions of SQS that programs use. */
export type Sqs = Pick<JsonClient<SqsActions>, "call">;

/** Milliseconds; SQS usually responds within 50 ms. */
const LIMITS = { connectTimeout: 1_000, responseTimeout: 3_000, timeout: 10_000 } as const;

export const openSqs = (access: AwsAccess): Sqs => new JsonClient<SqsActions>(sqs, access, LIMITS);
