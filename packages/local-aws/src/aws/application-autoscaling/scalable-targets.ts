import { AwsError } from "../../runtime/error.ts";

/** The limits of the desired count of an ECS service. */
export interface ScalableTarget {
  /** `service/<cluster>/<service>`. */
  readonly resourceId: string;
  readonly minimum: number;
  readonly maximum: number;
}

export class ScalableTargets {
  readonly #targets = new Map<string, ScalableTarget>();

  all(): readonly ScalableTarget[] {
    return [...this.#targets.values()];
  }

  /** @throws AwsError `ObjectNotFoundException`. */
  get(resourceId: string): ScalableTarget {
    const target = this.#targets.get(resourceId);
    if (!target) throw new AwsError("ObjectNotFoundException", `No scalable target registered for ${resourceId}`);
    return target;
  }

  put(target: ScalableTarget): void {
    this.#targets.set(target.resourceId, target);
  }

  delete(resourceId: string): void {
    this.#targets.delete(resourceId);
  }
}
