import type { Call } from "../../../gateway/protocol.ts";
import { authorizedWorkGroup, type WorkGroupInput } from "../authorized-work-group.ts";
import type { AthenaContext } from "./context.ts";

export const getWorkGroup =
  ({ groups }: AthenaContext) =>
  (input: WorkGroupInput, call: Call): object => {
    const group = authorizedWorkGroup(groups, input, call, "athena:GetWorkGroup");
    const { encryption } = group;
    return {
      WorkGroup: {
        Name: group.name,
        State: group.enabled ? "ENABLED" : "DISABLED",
        Description: group.description,
        Configuration: {
          ResultConfiguration: {
            OutputLocation: group.outputLocation,
            ...(encryption !== undefined && { EncryptionConfiguration: { EncryptionOption: encryption } }),
          },
          EnforceWorkGroupConfiguration: group.enforced,
          BytesScannedCutoffPerQuery: group.bytesScannedCutoff,
        },
      },
    };
  };
