/** The account and region of the local AWS. Every AWS emulator uses this ID; no real account has it. */
export const ACCOUNT_ID = "000000000000";
export const REGION = "us-east-1";

/**
 * `arn:aws:<service>:<region>:<account>:<resource>`; `global` services (IAM, CloudFront, Route 53) have no region in
 * it.
 */
export function arn(service: string, resource: string, scope: "regional" | "global" = "regional"): string {
  return `arn:aws:${service}:${scope === "regional" ? REGION : ""}:${ACCOUNT_ID}:${resource}`;
}
