import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { AwsError } from "../../../runtime/error.ts";
import { authorizedCanary } from "../authorized-canary.ts";
import type { SyntheticsContext } from "./context.ts";

export const startCanary =
  ({ canaries }: SyntheticsContext) =>
  (input: RestInput, call: Call): void => {
    const { name } = authorizedCanary(canaries, input, call, "synthetics:StartCanary");
    if (canaries.stateOf(name).status === "RUNNING") {
      throw new AwsError("ConflictException", `Canary ${name} is already started.`, 409);
    }
    canaries.start(name);
  };
