import type { AsyncPolicy } from "./async-queue.ts";
import type { FunctionRegistry } from "./function-registry.ts";
import { LATEST } from "./function-version.ts";

/** Configuration of the asynchronous invocations of a function, version or alias. */
export type EventInvokeConfig = Omit<AsyncPolicy, "deadLetterTarget">;

/** Two retries, six hours: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const DEFAULT: EventInvokeConfig = {
  maximumRetryAttempts: 2,
  maximumEventAge: 21_600,
  onSuccess: undefined,
  onFailure: undefined,
};

/** The configurations of asynchronous invocations, by function and qualifier. */
export class EventInvokeConfigs {
  readonly #configs = new Map<string, EventInvokeConfig>();

  put(functionName: string, qualifier: string | undefined, config: EventInvokeConfig): void {
    this.#configs.set(keyOf(functionName, qualifier), config);
  }

  delete(functionName: string, qualifier: string | undefined): void {
    this.#configs.delete(keyOf(functionName, qualifier));
  }

  policyOf(functionName: string, qualifier: string | undefined, registry: FunctionRegistry): AsyncPolicy {
    const config = this.#configs.get(keyOf(functionName, qualifier)) ?? DEFAULT;
    const target = registry.functions().find((configuration) => configuration.functionName === functionName);
    return { ...config, deadLetterTarget: target?.deadLetterTarget };
  }
}

/** No qualifier means `$LATEST`. */
function keyOf(functionName: string, qualifier: string | undefined): string {
  return `${functionName}:${qualifier ?? LATEST}`;
}
