/** For tests of programs that run behind, or use, one service of the local AWS. */
export { EdgeHarness } from "../aws/cloudfront/testing/edge-harness.ts";
export { type DatabaseServer, startDatabaseServer } from "./database-server.ts";
export { type DynamoDbServer, startDynamoDbServer } from "./dynamodb-server.ts";
