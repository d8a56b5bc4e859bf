import { block, number, optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import type { AthenaContext } from "../operations/context.ts";
import type { WorkGroup } from "../workgroups.ts";

export function workgroupResource({ groups }: AthenaContext): ResourceHandler {
  return {
    type: "aws_athena_workgroup",
    identifiers: { arn: "athena:*:workgroup/{name}" },
    identity: ({ name }) => optionalText(name),
    start: (attributes) => groups.put(workGroupOf(attributes)),
    delete: ({ name }) => groups.delete(text(name)),
  };
}

function workGroupOf({ name, description, state, configuration }: Attributes): WorkGroup {
  const settings = block(configuration);
  const result = block(settings.result_configuration);
  const cutoff = number(settings.bytes_scanned_cutoff_per_query, 0);
  return {
    name: text(name),
    description: text(description),
    enabled: state !== "DISABLED",
    enforced: settings.enforce_workgroup_configuration !== false,
    outputLocation: optionalText(result.output_location),
    encryption: optionalText(block(result.encryption_configuration).encryption_option),
    bytesScannedCutoff: cutoff === 0 ? undefined : cutoff,
  };
}
