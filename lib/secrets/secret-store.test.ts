import { afterEach, beforeEach, expect, it } from "vitest";
import { type AwsServer, startAwsServer } from "../aws/testing/aws-server.ts";
import { SecretsManagerStore, SecretUnavailableError } from "./secret-store.ts";

let server: AwsServer;
let store: SecretsManagerStore;

beforeEach(async () => {
  server = await startAwsServer();
  store = new SecretsManagerStore(server.access);
});
afterEach(() => server.close());

it("reads the current value of a secret", async () => {
  server.response = { status: 200, body: { SecretString: "hunter2" } };
  expect(await store.read("arn:x")).toBe("hunter2");
  expect(server.received).toEqual([
    { method: "POST", url: "/", target: "secretsmanager.GetSecretValue", body: { SecretId: "arn:x" } },
  ]);
});

it.each([
  ["is binary", { status: 200, body: { SecretBinary: "aHVudGVyMg==" } }],
  ["does not exist", { status: 400, body: { __type: "ResourceNotFoundException", Message: "No secret" } }],
])("fails with the ARN for a secret that %s", async (_, response) => {
  server.response = response;
  const error = await store.read("arn:x").catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(SecretUnavailableError);
  expect(String(error)).toContain("arn:x");
  expect(JSON.stringify([String(error), String((error as Error).cause)])).not.toContain("aHVudGVyMg==");
});
