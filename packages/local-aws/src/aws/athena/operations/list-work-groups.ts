import { paginate } from "../../../gateway/paginate.ts";
import type { Call } from "../../../gateway/protocol.ts";
import { type PageInput, pageOptions } from "../page-input.ts";
import type { AthenaContext } from "./context.ts";

export const listWorkGroups =
  ({ groups }: AthenaContext) =>
  (input: PageInput, call: Call): object => {
    call.authorize("athena:ListWorkGroups", "*");
    const { page, next } = paginate(groups.all(), pageOptions(input));
    const described = page.map(({ name, enabled, description }) => ({
      Name: name,
      State: enabled ? "ENABLED" : "DISABLED",
      Description: description,
    }));
    return { WorkGroups: described, NextToken: next };
  };
