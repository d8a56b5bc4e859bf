import { EnvironmentError } from "../../stacks/environment/environment.ts";
import { CommandError, UsageError } from "./errors.ts";
import { InterruptedError } from "./interruption.ts";
import { explainSystemError, type SystemErrorContext } from "./system-error.ts";

/** What the next command to run depends on. */
export interface FailureContext extends SystemErrorContext {
  /** The command line that prints the usage. */
  readonly help: string;
}

/** A command in a message, such as `npm run doctor -- dev`. */
const COMMAND = /\bnpm (run|start|test|ci)\b|\beval "/;

/** The names of errors with which AWS refuses credentials, and the SDK reports that there are none. */
const CREDENTIALS: Readonly<Record<string, string>> = {
  CredentialsProviderError: "There are no AWS credentials",
  TokenProviderError: "There are no AWS credentials",
  ExpiredToken: "The AWS credentials have expired",
  ExpiredTokenException: "The AWS credentials have expired",
  TokenRefreshRequired: "The AWS credentials have expired",
  AuthFailure: "AWS refuses the credentials",
  InvalidAccessKeyId: "AWS refuses the credentials",
  InvalidClientTokenId: "AWS refuses the credentials",
  InvalidSignatureException: "AWS refuses the credentials",
  SignatureDoesNotMatch: "AWS refuses the credentials",
  UnrecognizedClientException: "AWS refuses the credentials",
};

/**
 * The message for an error that a user, the machine or AWS can cause: one to three lines that end with the next command
 * to run.
 *
 * @returns undefined for any other error: it is a defect, and needs its stack trace.
 */
export function explainError(error: unknown, context: FailureContext): string | undefined {
  if (error instanceof InterruptedError) return error.message;
  if (error instanceof UsageError) return endingWith(error.message, `Run ${context.help} to see its usage.`);
  const doctor = `Check it with npm run doctor -- ${context.environment}`;
  if (error instanceof CommandError || error instanceof EnvironmentError) return endingWith(error.message, doctor);
  const system = explainSystemError(error, context);
  if (system !== undefined) return endingWith(system, doctor);
  return isOfAws(error) ? endingWith(awsMessage(error), doctor) : undefined;
}

/** Adds the next command to run, unless the message has one. */
function endingWith(message: string, next: string): string {
  return COMMAND.test(message) ? message : `${message}\n${next}`;
}

/** What an SDK client throws when AWS refuses a request, or when it finds no credentials. */
function isOfAws(error: unknown): error is Error {
  return error instanceof Error && ("$metadata" in error || error.name in CREDENTIALS);
}

function awsMessage({ name, message }: Error): string {
  const text = message.replaceAll(/\s*\n\s*/g, " ");
  const known = /token.*expired|expired.*token|session.*expired/i.test(text)
    ? CREDENTIALS.ExpiredToken
    : CREDENTIALS[name];
  return known === undefined ? `AWS: ${name}: ${text}` : `${known} (${name}: ${text}).`;
}
