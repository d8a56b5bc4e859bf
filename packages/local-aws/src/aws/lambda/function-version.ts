import type { FunctionConfiguration } from "./configuration.ts";

export const LATEST = "$LATEST";

export interface FunctionVersion {
  /** `$LATEST` or a number. */
  readonly version: string;
  readonly configuration: FunctionConfiguration;
}

export interface ResolvedFunction extends FunctionVersion {
  /** With the qualifier of the request, if any: the `invokedFunctionArn` of the context. */
  readonly invokedArn: string;
  readonly qualifier: string | undefined;
}
