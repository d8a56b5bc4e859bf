import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { authorizedCanary } from "../authorized-canary.ts";
import { canaryDescription } from "../canary-description.ts";
import type { SyntheticsContext } from "./context.ts";

export const getCanary =
  ({ canaries }: SyntheticsContext) =>
  (input: RestInput, call: Call): object => {
    const canary = authorizedCanary(canaries, input, call, "synthetics:GetCanary");
    return { Canary: canaryDescription(canary, canaries.stateOf(canary.name)) };
  };
