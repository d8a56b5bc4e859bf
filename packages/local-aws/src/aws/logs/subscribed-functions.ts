import { REGION } from "../../runtime/account.ts";
import type { FunctionPermissions, InvocationSource, LambdaInvoker } from "../lambda/invoker.ts";
import { logGroupArn } from "./arns.ts";

/** A permission may name the service principal with or without the region. */
const PRINCIPALS = ["logs.amazonaws.com", `logs.${REGION}.amazonaws.com`] as const;

/** The functions that receive log events. */
export class SubscribedFunctions {
  readonly #lambda: () => LambdaInvoker & FunctionPermissions;

  constructor(lambda: () => LambdaInvoker & FunctionPermissions) {
    this.#lambda = lambda;
  }

  /** Whether the function exists and its policy allows CloudWatch Logs to invoke it for the log group. */
  mayInvoke(functionArn: string, logGroupName: string): boolean {
    return PRINCIPALS.some((principal) => this.#isAllowed(functionArn, sourceOf(logGroupName, principal)));
  }

  /** Rejects with an `AwsError` when the function does not exist or does not allow the invocation. */
  async invoke(functionArn: string, logGroupName: string, payload: string): Promise<void> {
    const sources = PRINCIPALS.map((principal) => sourceOf(logGroupName, principal));
    const source = sources.find((candidate) => this.#isAllowed(functionArn, candidate)) ?? sources[0];
    if (source) await this.#lambda().invoke({ functionName: functionArn, payload, type: "Event", source });
  }

  #isAllowed(functionArn: string, source: InvocationSource): boolean {
    try {
      this.#lambda().checkPermission(functionArn, source);
      return true;
    } catch {
      return false;
    }
  }
}

function sourceOf(logGroupName: string, principal: string): InvocationSource {
  return { kind: "service", principal, sourceArn: `${logGroupArn(logGroupName)}:*` };
}
