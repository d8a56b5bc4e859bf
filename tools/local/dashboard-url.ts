/** Address of the dashboard, where the local AWS has one. */
export function dashboardUrlOf(aws: object): string | undefined {
  return "dashboardUrl" in aws && typeof aws.dashboardUrl === "string" ? aws.dashboardUrl : undefined;
}
