import type { lambdaOperations } from "./operations/index.ts";

const FUNCTION = "/2015-03-31/functions/{FunctionName}";

/** https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html */
export const ROUTES: Readonly<Record<string, keyof ReturnType<typeof lambdaOperations>>> = {
  "GET /2015-03-31/functions": "ListFunctions",
  [`GET ${FUNCTION}`]: "GetFunction",
  [`DELETE ${FUNCTION}`]: "DeleteFunction",
  [`GET ${FUNCTION}/aliases`]: "ListAliases",
  [`GET ${FUNCTION}/aliases/{Name}`]: "GetAlias",
  [`PUT ${FUNCTION}/aliases/{Name}`]: "UpdateAlias",
  [`PUT ${FUNCTION}/code`]: "UpdateFunctionCode",
  [`GET ${FUNCTION}/configuration`]: "GetFunctionConfiguration",
  [`PUT ${FUNCTION}/configuration`]: "UpdateFunctionConfiguration",
  [`POST ${FUNCTION}/invocations`]: "Invoke",
  [`GET ${FUNCTION}/policy`]: "GetPolicy",
  [`GET ${FUNCTION}/versions`]: "ListVersionsByFunction",
  [`POST ${FUNCTION}/versions`]: "PublishVersion",
  "GET /2015-03-31/event-source-mappings": "ListEventSourceMappings",
  "GET /2015-03-31/event-source-mappings/{UUID}": "GetEventSourceMapping",
};
