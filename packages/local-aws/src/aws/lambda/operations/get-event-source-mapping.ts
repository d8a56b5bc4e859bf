import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { AwsError } from "../../../runtime/error.ts";
import { mappingDescription } from "../mapping-description.ts";
import type { LambdaContext } from "./context.ts";

export const getEventSourceMapping =
  ({ mappings }: Pick<LambdaContext, "mappings">) =>
  ({ path }: RestInput, call: Call): object => {
    call.authorize("lambda:GetEventSourceMapping", "*");
    const mapping = mappings.get(path.UUID ?? "");
    if (!mapping) throw new AwsError("ResourceNotFoundException", "The resource you requested does not exist.", 404);
    return mappingDescription(mapping);
  };
