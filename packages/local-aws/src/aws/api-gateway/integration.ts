import { setTimeout } from "node:timers/promises";
import { AwsError } from "../../runtime/error.ts";
import type { InvocationSource, LambdaInvoker } from "../lambda/invoker.ts";
import { ANSWERS, type Answer, answerOf } from "./answer.ts";
import type { Integration, Stage } from "./model.ts";

/** What came of an integration, for the answer and for the access log. */
export interface IntegrationResult {
  readonly answer: Answer;
  readonly error?: string | undefined;
}

/**
 * The function that a URI names: `arn:aws:apigateway:…:lambda:path/2015-03-31/functions/<arn>/invocations` or the plain ARN, with the stage's
 * variables filled in.
 */
export function functionOf(uri: string, variables: Stage["variables"]): string {
  const filled = uri.replace(/\$\{stageVariables\.([^}]+)\}/g, (_, name: string) => variables[name] ?? "");
  return /\/functions\/(.+)\/invocations$/.exec(filled)?.[1] ?? filled;
}

/** API Gateway invokes by the function's permission for it, or with a role if it was given one. */
export function invocationSource(sourceArn: string, credentialsArn: string | undefined): InvocationSource {
  return credentialsArn === undefined
    ? { kind: "service", principal: "apigateway.amazonaws.com", sourceArn }
    : { kind: "caller" };
}

/** Invokes the function of a Lambda proxy integration; what goes wrong becomes the answer that API Gateway gives for it. */
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
      invocation.catch(() => {}); // it runs on, and nobody waits for it any more
      return { answer: ANSWERS.serviceUnavailable, error: "Endpoint request timed out" };
    }
    if (result.functionError !== undefined) return { answer: ANSWERS.internalServerError, error: result.payload };
    return { answer: answerOf(payloadFormat, result.payload) };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { answer: failureOf(error), error: error.message };
  } finally {
    timer.abort();
  }
}

/** A function that is over its concurrency is unavailable; one that may not be invoked, or is not there, is a fault of the API. */
function failureOf({ status }: AwsError): Answer {
  if (status === 413) return ANSWERS.entityTooLarge;
  return status === 429 ? ANSWERS.serviceUnavailable : ANSWERS.internalServerError;
}
