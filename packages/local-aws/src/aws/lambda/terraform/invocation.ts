import { createHash } from "node:crypto";
import { optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import { UNKNOWN } from "../../../provider/unknown.ts";
import { AwsError } from "../../../runtime/error.ts";
import type { LambdaInvoker } from "../invoker.ts";

/**
 * Invokes a function during a deployment. With `lifecycle_scope = "CRUD"` the function is also invoked on update and
 * deletion; its input contains the action under `terraform_key`.
 */
export function invocationResource(invoker: LambdaInvoker): ResourceHandler {
  const invoke = async (attributes: Attributes, action: "create" | "update" | "delete", priorInput?: string) => {
    const { payload, functionError } = await invoker.invoke({
      functionName: text(attributes.function_name),
      qualifier: optionalText(attributes.qualifier),
      payload: inputFor(attributes, action, priorInput),
      type: "RequestResponse",
      source: { kind: "caller" },
    });
    if (functionError === undefined) return payload;
    throw new AwsError("LambdaFunctionError", `${text(attributes.function_name)} returned an error: ${payload}`);
  };
  return {
    type: "aws_lambda_invocation",
    plan(planned, prior) {
      if (prior !== null && isCrud(planned)) planned.result = UNKNOWN;
    },
    async create(planned) {
      const digest = createHash("md5").update(text(planned.input)).digest("hex");
      return {
        id: `${text(planned.function_name)}_${text(planned.qualifier)}_${digest}`,
        result: await invoke(planned, "create"),
      };
    },
    async update(planned, prior) {
      return isCrud(planned) ? { result: await invoke(planned, "update", text(prior.input)) } : {};
    },
    async delete(attributes) {
      if (isCrud(attributes)) await invoke(attributes, "delete", text(attributes.input));
    },
  };
}

function inputFor(attributes: Attributes, action: string, priorInput: string | undefined): string {
  const input = text(attributes.input);
  if (!isCrud(attributes)) return input;
  const lifecycle = { action, prev_input: priorInput === undefined ? null : JSON.parse(priorInput) };
  return JSON.stringify({ ...JSON.parse(input), [optionalText(attributes.terraform_key) ?? "tf"]: lifecycle });
}

function isCrud({ lifecycle_scope }: Attributes): boolean {
  return lifecycle_scope === "CRUD";
}
