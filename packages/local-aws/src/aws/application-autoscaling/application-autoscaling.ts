import { type Access, jsonService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import { block, number, text } from "../../provider/attributes.ts";
import type { Attributes, TerraformParts } from "../../provider/resource.ts";
import { arn } from "../../runtime/account.ts";
import { AwsError } from "../../runtime/error.ts";
import { type Capacity, TargetTracking, type TrackingSettings } from "./target-tracking.ts";

export interface ApplicationAutoscalingOptions {
  readonly access: Access;
  /** The wanted number of copies of an ECS service, by cluster and service. */
  readonly capacityOf: (cluster: string, service: string) => Capacity;
  /** Requests that went to a target group since the start. */
  readonly requests: (targetGroupArn: string) => number;
  /** How long a minute is, in milliseconds. A shorter one makes everything quicker, and leaves the number of requests a minute what it is. */
  readonly minute: number;
}

interface ScalableTarget {
  readonly resourceId: string;
  readonly minimum: number;
  readonly maximum: number;
}

interface Policy {
  readonly name: string;
  /** Its configuration, as Terraform records it. */
  readonly tracked: Attributes;
  readonly tracking: TargetTracking;
  readonly targetGroupArn: string;
  /** Requests when the minute began. */
  counted: number;
}

const DEFAULT_COOLDOWN = 300;
const MINUTE_MS = 60_000;

/** Application Auto Scaling of ECS services by the requests that each copy gets. */
export class ApplicationAutoscaling {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly #options: ApplicationAutoscalingOptions;
  readonly #targets = new Map<string, ScalableTarget>();
  /** By resource id. */
  readonly #policies = new Map<string, Policy>();
  readonly #timer: NodeJS.Timeout;

  constructor(options: ApplicationAutoscalingOptions) {
    this.#options = options;
    this.service = jsonService(
      {
        signingName: "application-autoscaling",
        target: "AnyScaleFrontendService",
        jsonVersion: "1.1",
        operations: {
          DescribeScalableTargets: () => ({ ScalableTargets: [...this.#targets.values()].map(describeTarget) }),
          DescribeScalingActivities: () => ({ ScalingActivities: this.#activities() }),
        },
      },
      options.access,
    );
    this.terraform = {
      resources: [
        {
          type: "aws_appautoscaling_target",
          create: ({ resource_id, scalable_dimension }) => ({
            id: text(resource_id),
            arn: arn("application-autoscaling", `scalable-target/${text(scalable_dimension)}`),
          }),
          start: (attributes) => this.#putTarget(attributes),
          delete: ({ resource_id }) => void this.#targets.delete(text(resource_id)),
        },
        {
          type: "aws_appautoscaling_policy",
          create: ({ name }) => ({ id: text(name), arn: arn("autoscaling", `scalingPolicy:${text(name)}`) }),
          start: (attributes) => this.#putPolicy(attributes),
          delete: ({ resource_id }) => void this.#policies.delete(text(resource_id)),
        },
      ],
    };
    this.#timer = setInterval(() => this.#observe(), options.minute).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #putTarget(attributes: Attributes): void {
    const resourceId = text(attributes.resource_id);
    if (attributes.service_namespace !== "ecs") {
      throw new AwsError("ValidationException", "The local stand-in scales ECS services only.");
    }
    this.#targets.set(resourceId, {
      resourceId,
      minimum: number(attributes.min_capacity, 0),
      maximum: number(attributes.max_capacity, 0),
    });
    const policy = this.#policies.get(resourceId);
    policy?.tracking.configure(this.#settings(resourceId, policy.tracked));
  }

  #putPolicy(attributes: Attributes): void {
    const resourceId = text(attributes.resource_id);
    const tracked = block(attributes.target_tracking_scaling_policy_configuration);
    const metric = block(tracked.predefined_metric_specification);
    if (metric.predefined_metric_type !== "ALBRequestCountPerTarget") {
      throw new AwsError("ValidationException", "The local stand-in scales by ALBRequestCountPerTarget only.");
    }
    const [, cluster = "", service = ""] = resourceId.split("/");
    const targetGroupArn = arn("elasticloadbalancing", targetGroupOf(text(metric.resource_label)));
    const settings = this.#settings(resourceId, tracked);
    const existing = this.#policies.get(resourceId);
    existing?.tracking.configure(settings);
    const tracking = existing?.tracking ?? new TargetTracking(this.#options.capacityOf(cluster, service), settings);
    this.#policies.set(resourceId, {
      name: text(attributes.name),
      tracked,
      tracking,
      targetGroupArn,
      counted: this.#count(targetGroupArn),
    });
  }

  #settings(resourceId: string, tracked: Attributes): TrackingSettings {
    const target = this.#targets.get(resourceId);
    if (!target) throw new AwsError("ObjectNotFoundException", `No scalable target registered for ${resourceId}`);
    return {
      minimum: target.minimum,
      maximum: target.maximum,
      target: number(tracked.target_value, 1),
      scaleOutCooldown: number(tracked.scale_out_cooldown, DEFAULT_COOLDOWN),
      scaleInCooldown: number(tracked.scale_in_cooldown, DEFAULT_COOLDOWN),
    };
  }

  #observe(): void {
    for (const policy of this.#policies.values()) {
      const counted = this.#count(policy.targetGroupArn);
      const requests = (counted - policy.counted) * (MINUTE_MS / this.#options.minute);
      policy.counted = counted;
      try {
        policy.tracking.observe(requests);
      } catch {
        // the service is gone, and its policy goes with it in a moment
      }
    }
  }

  #count(targetGroupArn: string): number {
    try {
      return this.#options.requests(targetGroupArn);
    } catch {
      return 0; // the target group is being replaced
    }
  }

  #activities() {
    return [...this.#policies].flatMap(([resourceId, { name, tracking }]) =>
      tracking.activities.toReversed().map(({ minute, from, to, cause }) => ({
        ActivityId: `${name}/${minute}`,
        ResourceId: resourceId,
        ServiceNamespace: "ecs",
        ScalableDimension: "ecs:service:DesiredCount",
        StatusCode: "Successful",
        Description: `Setting desired count to ${to}.`,
        Cause: `${cause}; the desired count was ${from}.`,
      })),
    );
  }
}

/** The target group's part of `app/<balancer>/<id>/targetgroup/<group>/<id>`. */
function targetGroupOf(resourceLabel: string): string {
  return /targetgroup\/.+$/.exec(resourceLabel)?.[0] ?? "";
}

function describeTarget({ resourceId, minimum, maximum }: ScalableTarget) {
  return {
    ServiceNamespace: "ecs",
    ResourceId: resourceId,
    ScalableDimension: "ecs:service:DesiredCount",
    MinCapacity: minimum,
    MaxCapacity: maximum,
  };
}
