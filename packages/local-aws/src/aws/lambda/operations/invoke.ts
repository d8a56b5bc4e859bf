import { type Call, type RestInput, RestResponse } from "../../../gateway/protocol.ts";
import { authorizedFunction } from "../authorized-function.ts";
import type { LambdaContext } from "./context.ts";

export const invoke =
  ({ registry, invoker }: Pick<LambdaContext, "registry" | "invoker">) =>
  async (input: RestInput, call: Call): Promise<RestResponse> => {
    const { configuration, qualifier, version } = authorizedFunction(registry, input, call, "lambda:InvokeFunction");
    const type = input.headers["x-amz-invocation-type"] ?? "RequestResponse";
    if (type === "DryRun") return new RestResponse(204, "");
    const result = await invoker.invoke({
      functionName: configuration.functionName,
      qualifier,
      payload: input.body === "" ? "{}" : input.body,
      type: type === "Event" ? "Event" : "RequestResponse",
      source: { kind: "caller" },
      traceHeader: call.traceHeader,
      clientContext: decodeClientContext(input.headers["x-amz-client-context"]),
    });
    if (type === "Event") return new RestResponse(202, "");
    return new RestResponse(200, result.payload, {
      "x-amz-executed-version": result.executedVersion || version,
      ...(result.functionError && { "x-amz-function-error": result.functionError }),
      ...(input.headers["x-amz-log-type"] === "Tail" && {
        "x-amz-log-result": Buffer.from(result.logTail).toString("base64"),
      }),
    });
  };

function decodeClientContext(header: string | string[] | undefined): string | undefined {
  return typeof header === "string" ? Buffer.from(header, "base64").toString() : undefined;
}
