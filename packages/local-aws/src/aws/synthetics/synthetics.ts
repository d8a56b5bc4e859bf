import { type Access, restService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource-handler.ts";
import type { ReadObject } from "../s3/object-reader.ts";
import { Canaries, type CanariesOptions } from "./canaries.ts";
import { syntheticsOperations } from "./operations/index.ts";
import { ROUTES } from "./routes.ts";
import { syntheticsTerraform } from "./terraform/index.ts";

export interface SyntheticsOptions extends CanariesOptions {
  readonly access: Access;
  /** For scripts in a bucket. */
  readonly readObject: ReadObject;
}

/** CloudWatch Synthetics. Terraform alone creates and changes canaries. */
export class Synthetics {
  readonly canaries: Canaries;
  readonly service: AwsService;
  readonly terraform: TerraformParts;

  constructor(options: SyntheticsOptions) {
    const { access, clock, readObject } = options;
    this.canaries = new Canaries(options);
    this.service = restService(
      { signingName: "synthetics", routes: ROUTES, operations: syntheticsOperations({ canaries: this.canaries }) },
      access,
    );
    this.terraform = syntheticsTerraform({ canaries: this.canaries, clock, readObject });
  }

  /** Stops all schedules and runs. Runs in progress are not recorded. */
  close(): Promise<void> {
    return this.canaries.close();
  }
}
