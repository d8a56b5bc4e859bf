import type { Call } from "../../../gateway/protocol.ts";
import { AwsError, unsupported } from "../../../runtime/error.ts";
import { authorizedWorkGroup, type WorkGroupInput } from "../authorized-work-group.ts";
import type { AthenaContext } from "./context.ts";

interface Input extends WorkGroupInput {
  readonly QueryString: string;
  readonly ClientRequestToken?: string;
  readonly QueryExecutionContext?: { readonly Database?: string; readonly Catalog?: string };
  readonly ResultConfiguration?: {
    readonly OutputLocation?: string;
    readonly EncryptionConfiguration?: { readonly EncryptionOption: string };
  };
  readonly ExecutionParameters?: readonly string[];
}

export const startQueryExecution =
  ({ groups, executions }: AthenaContext) =>
  async (input: Input, call: Call): Promise<object> => {
    const group = authorizedWorkGroup(groups, input, call, "athena:StartQueryExecution");
    if (!group.enabled) {
      throw new AwsError("InvalidRequestException", `WorkGroup ${group.name} is disabled.`);
    }
    const { QueryExecutionContext: context = {}, ResultConfiguration: result = {} } = input;
    if (input.ExecutionParameters) throw unsupported("parameters of queries", { code: "InvalidRequestException" });
    const { id } = await executions.start(
      {
        statement: input.QueryString,
        database: context.Database ?? "",
        outputLocation: result.OutputLocation,
        encryption: result.EncryptionConfiguration?.EncryptionOption,
        clientToken: input.ClientRequestToken,
      },
      group,
      call,
    );
    return { QueryExecutionId: id };
  };
