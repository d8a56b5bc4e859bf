import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { parseEnvironment } from "../environment/parse-environment.ts";
import { silentLog } from "../log/testing/silent-log.ts";
import { systemClock } from "../time/clock.ts";
import { GenerationCache } from "./generation-cache.ts";
import { openCacheStore } from "./open-cache-store.ts";
import { cacheSettings, cacheVariables } from "./settings.ts";
import { ValkeyStore } from "./valkey-store.ts";

const schema = v.pipe(v.object(cacheVariables), v.transform(cacheSettings));
const settings = (variables: Readonly<Record<string, string>>) => parseEnvironment(schema, variables);
const open = (variables: Readonly<Record<string, string>>) =>
  openCacheStore(
    settings(variables),
    { region: "us-east-1", credentials: async () => ({ accessKeyId: "a", secretAccessKey: "b" }) },
    systemClock,
  );

describe("without CACHE_* variables", () => {
  it("loads every result and reports no failure", async () => {
    const cache = new GenerationCache(open({}), systemClock, silentLog);
    let loads = 0;
    const load = async () => ++loads;
    expect([await cache.read(["x"], load), await cache.read(["x"], load)]).toEqual([1, 2]);
    await expect(cache.bump()).resolves.toBeUndefined();
    await expect(open({}).ping()).resolves.toBeUndefined();
  });
});

it("opens the cache that the variables name", () => {
  const variables = { CACHE_ENDPOINT: "cache.example:6379", CACHE_TLS: "on", CACHE_AUTH: "iam" };
  expect(settings({ ...variables, CACHE_USER: "files", CACHE_NAME: "cache" })).toEqual({
    endpoint: { host: "cache.example", port: 6379 },
    tls: true,
    iam: { user: "files", cacheName: "cache" },
  });
  expect(open({ ...variables, CACHE_AUTH: "none" })).toBeInstanceOf(ValkeyStore);
});

it.each([
  { CACHE_TLS: "on" },
  { CACHE_NAME: "cache" },
  { CACHE_ENDPOINT: "cache.example:6379" },
  { CACHE_ENDPOINT: "cache.example:6379", CACHE_TLS: "on" },
  { CACHE_ENDPOINT: "cache.example:6379", CACHE_TLS: "on", CACHE_AUTH: "iam", CACHE_USER: "files" },
])("rejects incomplete CACHE_* variables: %o", (variables: Record<string, string>) => {
  expect(() => settings(variables)).toThrow("CACHE_*");
});
