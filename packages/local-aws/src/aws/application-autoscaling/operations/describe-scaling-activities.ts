import type { ApplicationAutoscalingContext } from "./context.ts";

export function describeScalingActivities({ policies }: ApplicationAutoscalingContext) {
  return () => ({
    ScalingActivities: policies.activities().map(({ name, resourceId, minute, from, to, cause }) => ({
      ActivityId: `${name}/${minute}`,
      ResourceId: resourceId,
      ServiceNamespace: "ecs",
      ScalableDimension: "ecs:service:DesiredCount",
      StatusCode: "Successful",
      Description: `Setting desired count to ${to}.`,
      Cause: `${cause}; the desired count was ${from}.`,
    })),
  });
}
