import type { Call, RestInput } from "../../../gateway/protocol.ts";
import type { Canaries } from "../canaries.ts";
import { canaryDescription } from "./canary-description.ts";
import { findCanary } from "./find-canary.ts";

export const getCanary =
  (canaries: Canaries) =>
  (input: RestInput, call: Call): object => {
    const canary = findCanary(canaries, input, call, "synthetics:GetCanary");
    return { Canary: canaryDescription(canary, canaries.stateOf(canary.name)) };
  };
