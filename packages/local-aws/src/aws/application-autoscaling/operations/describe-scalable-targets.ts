import type { ApplicationAutoscalingContext } from "./context.ts";

export function describeScalableTargets({ targets }: ApplicationAutoscalingContext) {
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
