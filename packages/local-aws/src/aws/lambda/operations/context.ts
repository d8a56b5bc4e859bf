import type { CodeStore } from "../../../processes/code-store.ts";
import type { Clock } from "../../../runtime/clock.ts";
import type { ReadObject } from "../../s3/object-reader.ts";
import type { EventSourceMappings } from "../event-source-mappings.ts";
import type { FunctionRegistry } from "../function-registry.ts";
import type { LambdaInvoker } from "../invoker.ts";
import type { Permissions } from "../permissions.ts";

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
