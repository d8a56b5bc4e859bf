import type { Clock } from "../../../runtime/clock.ts";
import type { CodeStore } from "../code-store.ts";
import type { EventSourceMappings } from "../event-source-mappings.ts";
import type { FunctionRegistry } from "../function-registry.ts";
import type { LambdaInvoker } from "../invoker.ts";
import type { Permissions } from "../permissions.ts";
import type { ReadObject } from "../read-object.ts";

/** The dependencies of the operations. */
export interface LambdaContext {
  readonly registry: FunctionRegistry;
  readonly permissions: Permissions;
  readonly mappings: EventSourceMappings;
  readonly invoker: LambdaInvoker;
  readonly code: CodeStore;
  readonly clock: Clock;
  readonly readObject: ReadObject;
}
