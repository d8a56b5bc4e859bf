import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy/index.js";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository/index.js";
import type { Construct } from "constructs";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Bundle } from "./base/bundles.ts";
import type { Published } from "./base/outputs.ts";

export interface ImagesOutputs {
  /** `<repository>:<tag>`. The image is pushed when this stack is deployed, before the stack that runs it. */
  readonly displayImage: string;
  readonly resetImage: string;
  readonly displayRepositoryArn: string;
  readonly resetRepositoryArn: string;
}

export interface ImagesStackProps extends StackProps {
  readonly displayBundle: Bundle;
  readonly resetBundle: Bundle;
}

/** Images per repository that are kept for a rollback. */
const RETAINED_IMAGES = 20;

/**
 * The repositories of the container images. The tag of an image is a hash of its content, so that an unchanged program
 * is neither pushed nor deployed again.
 */
export class ImagesStack extends BaseStack {
  readonly outputs: Published<ImagesOutputs>;

  constructor(scope: Construct, id: string, props: ImagesStackProps) {
    super(scope, id, props);
    const display = this.#repository("Display", "display");
    const reset = this.#repository("Reset", "reset");
    this.outputs = this.publish({
      displayImage: `${display.repositoryUrl}:${imageTag(props.displayBundle)}`,
      resetImage: `${reset.repositoryUrl}:${imageTag(props.resetBundle)}`,
      displayRepositoryArn: display.arn,
      resetRepositoryArn: reset.arn,
    });
  }

  #repository(id: string, service: string): EcrRepository {
    const repository = new EcrRepository(this, id, {
      name: this.physicalName("repository", service),
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: "KMS" }],
      forceDelete: this.environment.dataOnDestroy === "delete",
    });
    const rule = {
      rulePriority: 1,
      description: `Keep the last ${RETAINED_IMAGES}`,
      selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: RETAINED_IMAGES },
      action: { type: "expire" },
    };
    new EcrLifecyclePolicy(this, `${id}Lifecycle`, {
      repository: repository.name,
      policy: JSON.stringify({ rules: [rule] }),
    });
    return repository;
  }
}

/** A hash of the program and the Dockerfile. */
function imageTag({ sha256 }: Bundle): string {
  const dockerfile = readFileSync(new URL("../services/Dockerfile", import.meta.url));
  return createHash("sha256").update(sha256).update(dockerfile).digest("hex").slice(0, 16);
}
