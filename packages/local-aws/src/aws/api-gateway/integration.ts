import { setTimeout } from "node:timers/promises";
import type { BufferedResponse } from "../../http/buffered-response.ts";
import { AwsError } from "../../runtime/error.ts";
import type { InvocationSource, LambdaInvoker } from "../lambda/invoker.ts";
import { responseOf } from "./function-response.ts";
import type { PayloadFormat } from "./payload-format.ts";
import { ERROR_RESPONSES } from "./responses.ts";
import type { Stage } from "./stage.ts";

export interface Integration {
  readonly id: string;
  /** ARN or invoke ARN of a function, with references to stage variables. */
  readonly uri: string;
  readonly payloadFormat: PayloadFormat;
  /** Milliseconds. */
  readonly timeout: number;
  /** A role that API Gateway assumes to invoke the function, instead of a permission of the function. */
  readonly credentialsArn: string | undefined;
}

/** The result of an integration, for the response and for the access log. */
export interface IntegrationResult {
  readonly response: BufferedResponse;
  readonly error?: string | undefined;
}

/**
 * The function of an invoke ARN (`arn:aws:apigateway:…:lambda:path/2015-03-31/functions/<arn>/invocations`) or of a
 * plain ARN, with the stage variables replaced.
 */
export function functionOf(uri: string, variables: Stage["variables"]): string {
  const filled = uri.replace(/\$\{stageVariables\.([^}]+)\}/g, (_, name: string) => variables[name] ?? "");
  return /\/functions\/(.+)\/invocations$/.exec(filled)?.[1] ?? filled;
}

/** API Gateway is allowed to invoke by a permission of the function, or by its role if the integration has one. */
export function invocationSource(sourceArn: string, credentialsArn: string | undefined): InvocationSource {
  return credentialsArn === undefined
    ? { kind: "service", principal: "apigateway.amazonaws.com", sourceArn }
    : { kind: "caller" };
}

/** Invokes the function of a Lambda proxy integration. Errors become the responses of API Gateway. */
export async function runIntegration(
  lambda: LambdaInvoker,
  { uri, timeout, credentialsArn, payloadFormat }: Integration,
  event: unknown,
  stage: Stage,
  sourceArn: string,
): Promise<IntegrationResult> {
  const invocation = lambda.invoke({
    functionName: functionOf(uri, stage.variables),
    payload: JSON.stringify(event),
    type: "RequestResponse",
    source: invocationSource(sourceArn, credentialsArn),
  });
  const timer = new AbortController();
  try {
    const timedOut = setTimeout(timeout, "timed out" as const, { signal: timer.signal, ref: false });
    timedOut.catch(() => {});
    const result = await Promise.race([invocation, timedOut]);
    if (result === "timed out") {
      invocation.catch(() => {}); // The function continues, but its result is not used.
      return { response: ERROR_RESPONSES.serviceUnavailable, error: "Endpoint request timed out" };
    }
    if (result.functionError !== undefined)
      return { response: ERROR_RESPONSES.internalServerError, error: result.payload };
    return { response: responseOf(payloadFormat, result.payload) };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { response: failureOf(error), error: error.message };
  } finally {
    timer.abort();
  }
}

/** 503 for a throttled function, 500 for one that is missing or that API Gateway may not invoke. */
function failureOf({ status }: AwsError): BufferedResponse {
  if (status === 413) return ERROR_RESPONSES.entityTooLarge;
  return status === 429 ? ERROR_RESPONSES.serviceUnavailable : ERROR_RESPONSES.internalServerError;
}
