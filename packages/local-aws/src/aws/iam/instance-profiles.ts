import { arn } from "../../runtime/account.ts";

/** The roles of EC2 instances, by the ARN of their instance profile. */
export class InstanceProfiles {
  readonly #roleNames = new Map<string, string>();

  /** @param roleName empty for a profile without a role. */
  put(profileArn: string, roleName: string): void {
    this.#roleNames.set(profileArn, roleName);
  }

  delete(profileArn: string): void {
    this.#roleNames.delete(profileArn);
  }

  /** ARN of the role; undefined when the profile does not exist or has no role. */
  roleOf(profileArn: string): string | undefined {
    const roleName = this.#roleNames.get(profileArn);
    return roleName === undefined || roleName === "" ? undefined : arn("iam", `role/${roleName}`, "global");
  }
}
