import { block, optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import type { EventInvokeConfigs } from "../event-invoke-configs.ts";
import { parseFunctionName } from "../function-name.ts";

export function functionEventInvokeConfigResource(configs: EventInvokeConfigs): ResourceHandler {
  return {
    type: "aws_lambda_function_event_invoke_config",
    identity: (attributes) => targetOf(attributes).join(":"),
    create: (planned) => {
      const [functionName, qualifier] = targetOf(planned);
      return { id: qualifier === undefined ? functionName : `${functionName}:${qualifier}` };
    },
    start(attributes) {
      const destinations = block(attributes.destination_config);
      configs.put(...targetOf(attributes), {
        maximumRetryAttempts: Number(attributes.maximum_retry_attempts ?? 2),
        maximumEventAge: Number(attributes.maximum_event_age_in_seconds || 21_600),
        onSuccess: optionalText(block(destinations.on_success).destination),
        onFailure: optionalText(block(destinations.on_failure).destination),
      });
    },
    delete: (attributes) => configs.delete(...targetOf(attributes)),
  };
}

function targetOf(attributes: Attributes): [functionName: string, qualifier: string | undefined] {
  const { name, qualifier } = parseFunctionName(text(attributes.function_name));
  return [name, optionalText(attributes.qualifier) ?? qualifier];
}
