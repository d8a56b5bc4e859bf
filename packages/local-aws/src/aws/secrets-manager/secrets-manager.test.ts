import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SecretsManager as Client } from "@aws-sdk/client-secrets-manager";
import fc from "fast-check";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openAccess, ServedService } from "../../gateway/testing/served-service.ts";
import { randomPassword } from "./random-password.ts";
import { SecretsManager } from "./secrets-manager.ts";

const DAY_MS = 86_400_000;

let directory: string;
let now: number;
let secrets: SecretsManager;
let served: ServedService;
let client: Client;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "secrets-"));
  now = Date.now();
  secrets = open();
  // Tests replace `secrets` to restart the service.
  served = await ServedService.start({
    ...secrets.service,
    handle: (request, response) => secrets.service.handle(request, response),
  });
  client = new Client(served.client);
});

afterEach(async () => {
  client.destroy();
  await served.stop();
  rmSync(directory, { recursive: true });
});

function open(): SecretsManager {
  return new SecretsManager({ directory, access: openAccess(), clock: { now: () => now }, random: randomInt });
}

it("returns a value by name, ARN and partial ARN, and stores it in a file that only its owner can read", async () => {
  const { ARN = "" } = await client.createSecret({ Name: "app/db", SecretString: "één" });
  expect(ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:app\/db-[A-Za-z0-9]{6}$/);
  for (const SecretId of ["app/db", ARN, ARN.slice(0, -7)]) {
    expect((await client.getSecretValue({ SecretId })).SecretString).toBe("één");
  }
  expect(statSync(join(directory, "secrets.json")).mode & 0o777).toBe(0o600);
});

it("keeps the previous value as AWSPREVIOUS after a restart", async () => {
  await client.createSecret({ Name: "s", SecretString: "one" });
  await client.putSecretValue({ SecretId: "s", SecretString: "two" });
  await client.updateSecret({ SecretId: "s", SecretBinary: Uint8Array.of(0, 255) });
  secrets = open();
  const current = await client.getSecretValue({ SecretId: "s" });
  expect(current.SecretBinary).toEqual(Uint8Array.of(0, 255));
  const previous = await client.getSecretValue({ SecretId: "s", VersionStage: "AWSPREVIOUS" });
  expect(previous.SecretString).toBe("two");
  const { VersionIdsToStages } = await client.describeSecret({ SecretId: "s" });
  expect(Object.values(VersionIdsToStages ?? {}).sort()).toEqual([["AWSCURRENT"], ["AWSPREVIOUS"]]);
});

it("creates one version per client request token, and rejects another value with the same token", async () => {
  await client.createSecret({ Name: "s", SecretString: "one" });
  const ClientRequestToken = "11111111-1111-1111-1111-111111111111";
  await client.putSecretValue({ SecretId: "s", SecretString: "two", ClientRequestToken });
  await client.putSecretValue({ SecretId: "s", SecretString: "two", ClientRequestToken });
  const previous = await client.getSecretValue({ SecretId: "s", VersionStage: "AWSPREVIOUS" });
  expect(previous.SecretString).toBe("one");
  await expect(
    client.putSecretValue({ SecretId: "s", SecretString: "three", ClientRequestToken }),
  ).rejects.toMatchObject({ name: "ResourceExistsException" });
});

it("reserves the name of a deleted secret and can restore it until the recovery window ends", async () => {
  await client.createSecret({ Name: "s", SecretString: "x" });
  await client.deleteSecret({ SecretId: "s", RecoveryWindowInDays: 7 });
  await expect(client.getSecretValue({ SecretId: "s" })).rejects.toMatchObject({ name: "InvalidRequestException" });
  await expect(client.createSecret({ Name: "s" })).rejects.toThrow("already scheduled for deletion");
  expect((await client.listSecrets({})).SecretList).toEqual([]);
  await client.restoreSecret({ SecretId: "s" });
  expect((await client.getSecretValue({ SecretId: "s" })).SecretString).toBe("x");
  await client.deleteSecret({ SecretId: "s", RecoveryWindowInDays: 7 });
  now += 7 * DAY_MS;
  await expect(client.describeSecret({ SecretId: "s" })).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  await client.createSecret({ Name: "s" });
  await expect(client.createSecret({ Name: "s" })).rejects.toMatchObject({ name: "ResourceExistsException" });
  await client.deleteSecret({ SecretId: "s", ForceDeleteWithoutRecovery: true });
  await client.createSecret({ Name: "s" });
});

it("returns an error for a missing value, secret or version, and for a value that is too large", async () => {
  await client.createSecret({ Name: "empty" });
  await expect(client.getSecretValue({ SecretId: "empty" })).rejects.toThrow("staging label: AWSCURRENT");
  await expect(client.getSecretValue({ SecretId: "none" })).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
  await expect(client.putSecretValue({ SecretId: "empty", SecretString: "x".repeat(65_537) })).rejects.toMatchObject({
    name: "InvalidParameterException",
  });
  await expect(client.rotateSecret({ SecretId: "empty" })).rejects.toThrow(
    "does not support secretsmanager RotateSecret",
  );
});

it("filters and paginates lists", async () => {
  for (const Name of ["a/1", "a/2", "b/1"]) await client.createSecret({ Name });
  const filtered = await client.listSecrets({ Filters: [{ Key: "name", Values: ["a/"] }] });
  expect(filtered.SecretList?.map(({ Name }) => Name)).toEqual(["a/1", "a/2"]);
  const first = await client.listSecrets({ MaxResults: 2 });
  const second = await client.listSecrets({ MaxResults: 2, NextToken: first.NextToken });
  expect(second.SecretList?.map(({ Name }) => Name)).toEqual(["b/1"]);
  expect(second.NextToken).toBeUndefined();
});

it("generates random passwords with the requested length and character types", async () => {
  const { RandomPassword = "" } = await client.getRandomPassword({});
  expect(RandomPassword).toHaveLength(32);
  fc.assert(
    fc.property(
      fc.record({
        length: fc.integer({ min: 5, max: 60 }),
        excludePunctuation: fc.boolean(),
        includeSpace: fc.boolean(),
      }),
      (options) => {
        const password = randomPassword({ ...options, excludeCharacters: "aA0!" }, randomInt);
        expect(password).toHaveLength(options.length);
        expect(password).toMatch(/[b-z]/);
        expect(password).toMatch(/[B-Z]/);
        expect(password).toMatch(/[1-9]/);
        expect(password).not.toMatch(/[aA0!]/);
        expect(/[^A-Za-z0-9 ]/.test(password)).toBe(!options.excludePunctuation);
        expect(password.includes(" ")).toBe(options.includeSpace);
      },
    ),
  );
  expect(() => randomPassword({ length: 3 }, randomInt)).toThrow("not valid");
});
