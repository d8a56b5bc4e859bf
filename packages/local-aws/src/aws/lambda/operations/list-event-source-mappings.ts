import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { parseFunctionName } from "../function-name.ts";
import { mappingDescription } from "../mapping-description.ts";
import type { LambdaContext } from "./context.ts";

export const listEventSourceMappings =
  ({ mappings }: Pick<LambdaContext, "mappings">) =>
  ({ query }: RestInput, call: Call): object => {
    call.authorize("lambda:ListEventSourceMappings", "*");
    const source = query.get("EventSourceArn");
    const reference = query.get("FunctionName");
    const name = reference === null ? undefined : parseFunctionName(reference).name;
    const selected = mappings
      .all()
      .filter(({ eventSourceArn }) => source === null || eventSourceArn === source)
      .filter(({ functionReference }) => name === undefined || parseFunctionName(functionReference).name === name);
    return { EventSourceMappings: selected.map(mappingDescription) };
  };
