import { block, number, optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import { UNKNOWN } from "../../../provider/unknown.ts";
import type { LaunchTemplate, LaunchTemplates } from "../launch-templates.ts";

export function launchTemplateResource(templates: LaunchTemplates): ResourceHandler {
  return {
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
    start: (attributes) => templates.put(templateOf(attributes)),
    delete: (attributes) => templates.delete(text(attributes.id)),
  };
}

function templateOf(attributes: Attributes): LaunchTemplate {
  return {
    id: text(attributes.id),
    name: text(attributes.name),
    version: number(attributes.latest_version, 1),
    userData: optionalText(attributes.user_data),
    profileArn: optionalText(block(attributes.iam_instance_profile).arn),
  };
}
