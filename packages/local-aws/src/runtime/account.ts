/** The account and region that the stand-in plays. The id is the one that every AWS emulator uses; no real account has it. */
export const ACCOUNT_ID = "000000000000";
export const REGION = "us-east-1";

/** `arn:aws:<service>:<region>:<account>:<resource>`; `global` services (IAM, CloudFront, Route 53) leave the region out. */
export function arn(service: string, resource: string, scope: "regional" | "global" = "regional"): string {
  return `arn:aws:${service}:${scope === "regional" ? REGION : ""}:${ACCOUNT_ID}:${resource}`;
}
