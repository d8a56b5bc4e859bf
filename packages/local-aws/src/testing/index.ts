/** For tests of programs that run behind, or use, one service of the local AWS. */
export { ApiGatewayHarness, FUNCTION as FUNCTION_INVOKE_ARN } from "../aws/api-gateway/testing/api-gateway-harness.ts";
export { EdgeHarness } from "../aws/cloudfront/testing/edge-harness.ts";
export { isPublished } from "../aws/cloudwatch/published-metrics.ts";
export { CloudWatchHarness } from "../aws/cloudwatch/testing/cloudwatch-harness.ts";
export { type DatabaseServer, startDatabaseServer } from "./database-server.ts";
export { type DynamoDbServer, startDynamoDbServer } from "./dynamodb-server.ts";
