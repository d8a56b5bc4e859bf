import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { InvalidEnvironmentError } from "../environment/parse-environment.ts";
import { environmentEndpoint, functionAccess, functionTracer } from "./environment.ts";
import { dynamoDb } from "./json-client.ts";
import { awsEndpoint, s3 } from "./service.ts";

beforeEach(() => {
  for (const name of ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_SESSION_TOKEN"]) vi.stubEnv(name, undefined);
});
afterEach(() => vi.unstubAllEnvs());

it("reads credentials and region when they are needed", async () => {
  vi.stubEnv("AWS_REGION", "eu-west-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "one");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
  expect(functionAccess.region).toBe("eu-west-1");
  expect(await functionAccess.credentials()).toEqual({ accessKeyId: "one", secretAccessKey: "secret" });
  vi.stubEnv("AWS_ACCESS_KEY_ID", "two");
  vi.stubEnv("AWS_SESSION_TOKEN", "token");
  expect(await functionAccess.credentials()).toMatchObject({ accessKeyId: "two", sessionToken: "token" });
});

it("names a missing variable", async () => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "");
  await expect(functionAccess.credentials()).rejects.toThrow(InvalidEnvironmentError);
  await expect(functionAccess.credentials()).rejects.toThrow("AWS_ACCESS_KEY_ID");
});

it("has the trace of the invocation", () => {
  expect(functionTracer.traceId).toBeUndefined();
  for (const root of ["1-5759e988-bd862e3fe1be46a994272793", "1-6759e988-bd862e3fe1be46a994272793"]) {
    const header = `Root=${root};Parent=53995c3f42cd8ad8;Sampled=0;Lineage=a87bd80c:1`;
    vi.stubEnv("_X_AMZN_TRACE_ID", header);
    expect(functionTracer.traceId).toBe(root);
    expect(functionTracer.header).toBe(header);
  }
});

it("prefers the endpoint of a service to that of all services", () => {
  expect(environmentEndpoint(s3)).toBeUndefined();
  vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
  expect(environmentEndpoint(s3)).toBe("http://127.0.0.1:1");
  vi.stubEnv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:2");
  expect([environmentEndpoint(s3), environmentEndpoint(dynamoDb)]).toEqual([
    "http://127.0.0.1:2",
    "http://127.0.0.1:1",
  ]);
});

it.each([
  ["eu-west-1", "https://s3.eu-west-1.amazonaws.com"],
  ["cn-north-1", "https://s3.cn-north-1.amazonaws.com.cn"],
])("is that of AWS in %s", (region, url) => {
  expect(awsEndpoint(s3, region)).toBe(url);
});
