import { functionWidgets } from "../constructs/dashboard/function-widgets.ts";
import { balancerWidgets } from "../constructs/dashboard/request-widgets.ts";
import { heading, type Widget } from "../constructs/dashboard/widgets.ts";
import type { MonitoredShout } from "./alarm-definitions.ts";

/** The dashboard of the Shout system. */
export function shoutDashboard({
  functionName,
  loadBalancer,
  targetGroup,
}: MonitoredShout): readonly (readonly Widget[])[] {
  return [
    [heading("Requests")],
    balancerWidgets({ label: "", dimensions: { LoadBalancer: loadBalancer } }, [
      { label: "", dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroup } },
    ]),
    [heading("Function")],
    functionWidgets([{ label: "shout", dimensions: { FunctionName: functionName } }]),
  ];
}
