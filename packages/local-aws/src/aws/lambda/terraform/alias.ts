import { randomUUID } from "node:crypto";
import { block, optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes, DataSourceHandler, ResourceHandler } from "../../../provider/resource.ts";
import { AwsError } from "../../../runtime/error.ts";
import { functionArn, invokeArn } from "../configuration.ts";
import { parseFunctionName } from "../function-name.ts";
import type { Alias, FunctionRegistry } from "../function-registry.ts";

/** `aws_lambda_alias`. The registry keeps aliases, since `UpdateAlias` moves them between two runs of Terraform: it then sees the drift. */
export function aliasResource(registry: FunctionRegistry): ResourceHandler {
  const live = (attributes: Attributes) =>
    registry.alias(parseFunctionName(text(attributes.function_name)).name, text(attributes.name));
  return {
    type: "aws_lambda_alias",
    identity: ({ function_name, name }) => `${parseFunctionName(text(function_name)).name}:${text(name)}`,
    plan(planned) {
      const [functionName, name] = [optionalText(planned.function_name), optionalText(planned.name)];
      if (functionName !== undefined && name !== undefined) Object.assign(planned, identifiers(functionName, name));
    },
    create(planned) {
      registry.putAlias(aliasOf(planned));
      return identifiers(text(planned.function_name), text(planned.name));
    },
    update(planned) {
      registry.putAlias(aliasOf(planned));
      return {};
    },
    start(attributes) {
      if (!live(attributes)) registry.putAlias(aliasOf(attributes));
    },
    read(attributes) {
      const alias = live(attributes);
      if (!alias) return null;
      const { functionVersion, description, additionalVersionWeights: weights } = alias;
      const routing = Object.keys(weights).length > 0 ? [{ additional_version_weights: weights }] : [];
      return {
        function_version: functionVersion,
        // null and "" are one to AWS, but not to Terraform
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
      if (!alias) {
        const aliasArn = functionArn(functionName, text(name));
        throw new AwsError("ResourceNotFoundException", `Cannot find alias arn: ${aliasArn}`, 404);
      }
      return {
        ...identifiers(functionName, alias.name),
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

function identifiers(functionReference: string, name: string): Attributes {
  const arn = functionArn(parseFunctionName(functionReference).name, name);
  return { id: arn, arn, invoke_arn: invokeArn(arn) };
}
