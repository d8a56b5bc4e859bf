import { block, number, optionalText, text } from "../../provider/attributes.ts";
import type { TerraformParts } from "../../provider/resource.ts";
import { UNKNOWN } from "../../provider/unknown.ts";

/** What an instance is started from. */
export interface LaunchTemplate {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  /** In base64. */
  readonly userData: string | undefined;
  readonly profileArn: string | undefined;
}

/** The newest version of each launch template; older ones are not kept. */
export class LaunchTemplates {
  readonly #templates = new Map<string, LaunchTemplate>();

  readonly terraform: TerraformParts = {
    resources: [
      {
        type: "aws_launch_template",
        identifiers: { id: "lt", arn: "ec2:*:launch-template/{id}" },
        identity: ({ name }) => optionalText(name),
        plan(planned, prior) {
          if (!prior) return;
          planned.latest_version = UNKNOWN;
          if (planned.update_default_version === true) planned.default_version = UNKNOWN;
        },
        create: () => ({ latest_version: 1, default_version: 1 }),
        update(planned, prior) {
          const version = number(prior.latest_version, 0) + 1;
          return {
            latest_version: version,
            default_version: planned.update_default_version === true ? version : prior.default_version,
          };
        },
        start: (attributes) =>
          void this.#templates.set(text(attributes.id), {
            id: text(attributes.id),
            name: text(attributes.name),
            version: number(attributes.latest_version, 1),
            userData: optionalText(attributes.user_data),
            profileArn: optionalText(block(attributes.iam_instance_profile).arn),
          }),
        delete: (attributes) => void this.#templates.delete(text(attributes.id)),
      },
    ],
  };

  find(id: string): LaunchTemplate | undefined {
    return this.#templates.get(id);
  }
}
