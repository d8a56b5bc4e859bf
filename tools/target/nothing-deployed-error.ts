import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { CommandError } from "../command-line/errors.ts";

/** The state bucket does not exist yet, or its bootstrap was interrupted. */
export class NothingDeployedError extends CommandError {
  override readonly name = "NothingDeployedError";
  readonly code = "NOTHING_DEPLOYED";

  constructor(environment: EnvironmentName) {
    super(
      environment === "local"
        ? "Nothing is deployed to this machine yet. Deploy it with npm start"
        : `${environment} has no state bucket yet. Deploy it with npm run deploy -- ${environment}`,
    );
  }
}
