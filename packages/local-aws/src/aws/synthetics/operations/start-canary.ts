import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { AwsError } from "../../../runtime/error.ts";
import type { Canaries } from "../canaries.ts";
import { findCanary } from "./find-canary.ts";

export const startCanary =
  (canaries: Canaries) =>
  (input: RestInput, call: Call): void => {
    const { name } = findCanary(canaries, input, call, "synthetics:StartCanary");
    if (canaries.stateOf(name).status === "RUNNING") {
      throw new AwsError("ConflictException", `Canary ${name} is already started.`, 409);
    }
    canaries.start(name);
  };
