import { optionalText, text } from "../../../provider/attributes.ts";
import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import type { InstanceProfiles } from "../instance-profiles.ts";

export function instanceProfileResource(profiles: InstanceProfiles): ResourceHandler {
  return {
    type: "aws_iam_instance_profile",
    identifiers: {
      arn: "iam::@:instance-profile{path}{name}",
      computed: { unique_id: "AIPA{RANDOM}" },
    },
    identity: ({ name }) => optionalText(name),
    start: (attributes) => profiles.put(text(attributes.arn), text(attributes.role)),
    delete: (attributes) => profiles.delete(text(attributes.arn)),
  };
}
