import { randomUUID } from "node:crypto";
import { block, optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes, DataSourceHandler, ResourceHandler } from "../../../provider/resource-handler.ts";
import type { Alias } from "../alias.ts";
import { functionArn, invokeArn } from "../configuration.ts";
import { parseFunctionName } from "../function-name.ts";
import type { FunctionRegistry } from "../function-registry.ts";

/** The registry stores aliases, since `UpdateAlias` changes them between runs of Terraform, which detects the drift. */
export function aliasResource(registry: FunctionRegistry): ResourceHandler {
  const stored = (attributes: Attributes) =>
    registry.authorizedAlias(parseFunctionName(text(attributes.function_name)).name, text(attributes.name));
  return {
    type: "aws_lambda_alias",
    identity: ({ function_name, name }) => `${parseFunctionName(text(function_name)).name}:${text(name)}`,
    plan(planned) {
      const [functionName, name] = [optionalText(planned.function_name), optionalText(planned.name)];
      if (functionName !== undefined && name !== undefined) Object.assign(planned, arns(functionName, name));
    },
    create(planned) {
      registry.putAlias(aliasOf(planned));
      return arns(text(planned.function_name), text(planned.name));
    },
    update(planned) {
      registry.putAlias(aliasOf(planned));
      return {};
    },
    start(attributes) {
      if (!stored(attributes)) registry.putAlias(aliasOf(attributes));
    },
    read(attributes) {
      const alias = stored(attributes);
      if (!alias) return null;
      const { functionVersion, description, additionalVersionWeights: weights } = alias;
      const routing = Object.keys(weights).length > 0 ? [{ additional_version_weights: weights }] : [];
      return {
        function_version: functionVersion,
        // AWS does not distinguish null and "", but Terraform does.
        description: description === "" ? (attributes.description ?? null) : description,
        routing_config: routing,
      };
    },
    delete: (attributes) =>
      registry.deleteAlias(parseFunctionName(text(attributes.function_name)).name, text(attributes.name)),
  };
}

export function aliasDataSource(registry: FunctionRegistry): DataSourceHandler {
  return {
    type: "aws_lambda_alias",
    read({ function_name, name }) {
      const functionName = parseFunctionName(text(function_name)).name;
      const alias = registry.alias(functionName, text(name));
      return {
        ...arns(functionName, alias.name),
        description: alias.description,
        function_version: alias.functionVersion,
      };
    },
  };
}

function aliasOf(attributes: Attributes): Alias {
  return {
    functionName: parseFunctionName(text(attributes.function_name)).name,
    name: text(attributes.name),
    description: text(attributes.description),
    functionVersion: text(attributes.function_version),
    additionalVersionWeights: (block(attributes.routing_config).additional_version_weights ?? {}) as Record<
      string,
      number
    >,
    revisionId: randomUUID(),
  };
}

function arns(functionReference: string, name: string): Attributes {
  const arn = functionArn(parseFunctionName(functionReference).name, name);
  return { id: arn, arn, invoke_arn: invokeArn(arn) };
}
