import type { ScalableTargets } from "../scalable-targets.ts";

export function describeScalableTargets(targets: ScalableTargets) {
  return () => ({
    ScalableTargets: targets.all().map(({ resourceId, minimum, maximum }) => ({
      ServiceNamespace: "ecs",
      ResourceId: resourceId,
      ScalableDimension: "ecs:service:DesiredCount",
      MinCapacity: minimum,
      MaxCapacity: maximum,
    })),
  });
}
