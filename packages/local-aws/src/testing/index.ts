/** For tests of programs that run behind a local service. */
export { EdgeHarness } from "../aws/cloudfront/testing/edge-harness.ts";
