import { randomUUID } from "node:crypto";
import { type Call, type RestInput, type RestOperation, RestResponse } from "../../gateway/protocol.ts";
import { AwsError } from "../../runtime/error.ts";
import { functionArn } from "./configuration.ts";
import {
  describeAlias,
  describeFunction,
  describeLatest,
  describeMapping,
  describePolicy,
  describeVersion,
} from "./describe.ts";
import type { EventSourceMappings } from "./event-source-mappings.ts";
import { parseFunctionName } from "./function-name.ts";
import { type Alias, type FunctionRegistry, LATEST, notFound, type ResolvedFunction } from "./function-registry.ts";
import type { LambdaInvoker } from "./invoker.ts";
import type { Permissions } from "./permissions.ts";
import { type UpdateApiParts, updateRoutes } from "./update-api.ts";

export interface LambdaApiParts extends UpdateApiParts {
  readonly registry: FunctionRegistry;
  readonly permissions: Permissions;
  readonly mappings: EventSourceMappings;
  readonly invoker: LambdaInvoker;
}

const FUNCTION = "/2015-03-31/functions/{FunctionName}";

/** The actions of the Lambda API, by route. */
export function lambdaRoutes(parts: LambdaApiParts): Record<string, RestOperation> {
  const { registry, permissions, mappings, invoker } = parts;
  const resolve = ({ path, query }: RestInput, call: Call, action: string): ResolvedFunction => {
    const qualifier = query.get("Qualifier") ?? undefined;
    const { name, qualifier: ownQualifier } = parseFunctionName(path.FunctionName ?? "");
    call.authorize(action, functionArn(name, qualifier ?? ownQualifier));
    return registry.resolve(path.FunctionName ?? "", qualifier);
  };
  const existingAlias = (input: RestInput, call: Call, action: string): Alias => {
    const { name: functionName } = parseFunctionName(input.path.FunctionName ?? "");
    const name = input.path.Name ?? "";
    call.authorize(action, functionArn(functionName));
    const alias = registry.alias(functionName, name);
    if (!alias)
      throw new AwsError("ResourceNotFoundException", `Cannot find alias arn: ${functionArn(functionName, name)}`, 404);
    return alias;
  };
  return {
    ...updateRoutes(parts),
    [`POST ${FUNCTION}/invocations`]: async (input, call) => {
      const { configuration, qualifier, version } = resolve(input, call, "lambda:InvokeFunction");
      const type = input.headers["x-amz-invocation-type"] ?? "RequestResponse";
      if (type === "DryRun") return new RestResponse(204, "");
      const result = await invoker.invoke({
        functionName: configuration.functionName,
        qualifier,
        payload: input.body === "" ? "{}" : input.body,
        type: type === "Event" ? "Event" : "RequestResponse",
        source: { kind: "caller" },
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
    },
    [`GET ${FUNCTION}`]: (input, call) => {
      const resolved = resolve(input, call, "lambda:GetFunction");
      return {
        Configuration: describeFunction(resolved, resolved.invokedArn),
        Code: { RepositoryType: "S3" },
        Tags: {},
      };
    },
    [`GET ${FUNCTION}/configuration`]: (input, call) => {
      const resolved = resolve(input, call, "lambda:GetFunctionConfiguration");
      return describeFunction(resolved, resolved.invokedArn);
    },
    [`DELETE ${FUNCTION}`]: (input, call) => {
      const { configuration, qualifier } = resolve(input, call, "lambda:DeleteFunction");
      if (qualifier === undefined || qualifier === LATEST) {
        throw new AwsError(
          "InvalidParameterValueException",
          "The local stand-in deletes single versions only: a function goes with its Terraform resource.",
        );
      }
      registry.deleteVersion(configuration.functionName, qualifier);
      return new RestResponse(204, "");
    },
    "GET /2015-03-31/functions": (_, call) => {
      call.authorize("lambda:ListFunctions", "*");
      return { Functions: registry.functions().map(describeLatest) };
    },
    [`GET ${FUNCTION}/versions`]: (input, call) => {
      const { configuration } = resolve(input, call, "lambda:ListVersionsByFunction");
      const latest = registry.version(configuration.functionName, LATEST);
      return { Versions: [latest, ...registry.versions(configuration.functionName)].map(describeVersion) };
    },
    [`GET ${FUNCTION}/aliases`]: (input, call) => {
      const { configuration } = resolve(input, call, "lambda:ListAliases");
      return { Aliases: registry.aliases(configuration.functionName).map(describeAlias) };
    },
    [`GET ${FUNCTION}/aliases/{Name}`]: (input, call) => describeAlias(existingAlias(input, call, "lambda:GetAlias")),
    [`PUT ${FUNCTION}/aliases/{Name}`]: (input, call) => {
      const alias = updatedAlias(existingAlias(input, call, "lambda:UpdateAlias"), input.body);
      registry.putAlias(alias);
      return describeAlias(alias);
    },
    [`GET ${FUNCTION}/policy`]: (input, call) => {
      const { configuration, qualifier, invokedArn } = resolve(input, call, "lambda:GetPolicy");
      const statements = permissions.of(configuration.functionName, qualifier);
      if (statements.length === 0) throw notFound(invokedArn);
      return { Policy: describePolicy(statements) };
    },
    "GET /2015-03-31/event-source-mappings": ({ query }, call) => {
      call.authorize("lambda:ListEventSourceMappings", "*");
      const source = query.get("EventSourceArn");
      const reference = query.get("FunctionName");
      const name = reference === null ? undefined : parseFunctionName(reference).name;
      const found = mappings
        .all()
        .filter(({ eventSourceArn }) => source === null || eventSourceArn === source)
        .filter(({ functionReference }) => name === undefined || parseFunctionName(functionReference).name === name);
      return { EventSourceMappings: found.map(describeMapping) };
    },
    "GET /2015-03-31/event-source-mappings/{UUID}": ({ path }, call) => {
      call.authorize("lambda:GetEventSourceMapping", "*");
      const mapping = mappings.get(path.UUID ?? "");
      if (!mapping) throw new AwsError("ResourceNotFoundException", "The resource you requested does not exist.", 404);
      return describeMapping(mapping);
    },
  };
}

interface UpdateAliasInput {
  readonly FunctionVersion?: string;
  readonly Description?: string;
  readonly RoutingConfig?: { readonly AdditionalVersionWeights?: Readonly<Record<string, number>> };
  readonly RevisionId?: string;
}

/** What the request leaves out stays; an empty routing configuration takes the weights away. */
function updatedAlias(alias: Alias, body: string): Alias {
  const input = JSON.parse(body || "{}") as UpdateAliasInput;
  if (input.RevisionId !== undefined && input.RevisionId !== alias.revisionId) {
    throw new AwsError(
      "PreconditionFailedException",
      "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
      412,
    );
  }
  return {
    ...alias,
    functionVersion: input.FunctionVersion ?? alias.functionVersion,
    description: input.Description ?? alias.description,
    additionalVersionWeights: input.RoutingConfig
      ? (input.RoutingConfig.AdditionalVersionWeights ?? {})
      : alias.additionalVersionWeights,
    revisionId: randomUUID(),
  };
}

function decodeClientContext(header: string | string[] | undefined): string | undefined {
  return typeof header === "string" ? Buffer.from(header, "base64").toString() : undefined;
}
