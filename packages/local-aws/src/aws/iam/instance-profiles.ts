import { optionalText, text } from "../../provider/attributes.ts";
import type { TerraformParts } from "../../provider/resource.ts";
import { arn } from "../../runtime/account.ts";

/** Which role the programs of a virtual machine act as. */
export class InstanceProfiles {
  readonly #roles = new Map<string, string>();

  readonly terraform: TerraformParts = {
    resources: [
      {
        type: "aws_iam_instance_profile",
        identifiers: {
          arn: "iam::@:instance-profile{path}{name}",
          computed: { unique_id: "AIPA{RANDOM}" },
        },
        identity: ({ name }) => optionalText(name),
        start: (attributes) => void this.#roles.set(text(attributes.arn), text(attributes.role)),
        delete: (attributes) => void this.#roles.delete(text(attributes.arn)),
      },
    ],
  };

  /** ARN of the profile's role; undefined when there is no such profile, or no role in it. */
  roleOf(profileArn: string): string | undefined {
    const role = this.#roles.get(profileArn);
    return role === undefined || role === "" ? undefined : arn("iam", `role/${role}`, "global");
  }
}
