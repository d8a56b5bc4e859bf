import { type Access, jsonService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource-handler.ts";
import { applicationAutoscalingOperations } from "./operations/index.ts";
import { ScalableTargets } from "./scalable-targets.ts";
import { ScalingPolicies, type ScalingPoliciesOptions } from "./scaling-policies.ts";
import { applicationAutoscalingTerraform } from "./terraform/index.ts";

export interface ApplicationAutoscalingOptions extends Omit<ScalingPoliciesOptions, "targets"> {
  readonly access: Access;
}

/** Application Auto Scaling of ECS services by the number of requests per task. */
export class ApplicationAutoscaling {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly #policies: ScalingPolicies;

  constructor({ access, ...options }: ApplicationAutoscalingOptions) {
    const targets = new ScalableTargets();
    const policies = new ScalingPolicies({ ...options, targets });
    this.service = jsonService(
      {
        signingName: "application-autoscaling",
        target: "AnyScaleFrontendService",
        jsonVersion: "1.1",
        operations: applicationAutoscalingOperations({ targets, policies }),
      },
      access,
    );
    this.terraform = applicationAutoscalingTerraform({ targets, policies });
    this.#policies = policies;
  }

  close(): void {
    this.#policies.close();
  }
}
