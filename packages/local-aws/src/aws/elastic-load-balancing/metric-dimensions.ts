/** `app/<name>/<id>`, as the metrics of a load balancer name it. */
export const balancerDimension = (arn: string): string => afterMarker(arn, ":loadbalancer/");

/** `targetgroup/<name>/<id>` */
export const targetGroupDimension = (arn: string): string => `targetgroup/${afterMarker(arn, ":targetgroup/")}`;

const afterMarker = (arn: string, marker: string): string => arn.slice(arn.indexOf(marker) + marker.length);
