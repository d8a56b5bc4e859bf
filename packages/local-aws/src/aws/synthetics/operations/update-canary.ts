import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { AwsError } from "../../../runtime/error.ts";
import { authorizedCanary } from "../authorized-canary.ts";
import { parseCanarySchedule } from "../canary.ts";
import { parseBody } from "../parse-body.ts";
import type { SyntheticsContext } from "./context.ts";

interface Body {
  readonly Schedule?: { readonly Expression?: unknown; readonly DurationInSeconds?: unknown };
}

/** Changes the schedule. Terraform detects the change as drift. */
export const updateCanary =
  ({ canaries }: SyntheticsContext) =>
  (input: RestInput, call: Call): object => {
    const { name, durationSeconds } = authorizedCanary(canaries, input, call, "synthetics:UpdateCanary");
    const { Schedule, ...others } = parseBody(input) as Body;
    const [unsupported] = Object.keys(others);
    if (unsupported !== undefined) {
      throw new AwsError(
        "ValidationException",
        `The local AWS does not update ${unsupported} of a canary, only Schedule.`,
      );
    }
    const { Expression: expression, DurationInSeconds: duration = durationSeconds } = Schedule ?? {};
    if (typeof expression !== "string" || typeof duration !== "number") {
      throw new AwsError("ValidationException", "Schedule needs an Expression, and DurationInSeconds is a number.");
    }
    const schedule = parseCanarySchedule(expression, duration);
    canaries.changeSchedule(name, { expression, durationSeconds: schedule.durationSeconds });
    return {};
  };
