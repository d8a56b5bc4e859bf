import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { parseEnvironment } from "../environment/parse-environment.ts";
import { silentLog } from "../log/testing/silent-log.ts";
import { systemClock } from "../time/clock.ts";
import { GenerationCache } from "./generation-cache.ts";
import { openCacheStore } from "./open-cache-store.ts";
import { cacheSettings, cacheVariables, completeCache, INCOMPLETE_CACHE } from "./settings.ts";
import { ValkeyStore } from "./valkey-store.ts";

const schema = v.pipe(
  v.object(cacheVariables),
  v.check((variables) => completeCache(variables), INCOMPLETE_CACHE),
  v.transform(cacheSettings),
);
const settings = (variables: Readonly<Record<string, string>>) => parseEnvironment(schema, variables);
const open = (variables: Readonly<Record<string, string>>) =>
  openCacheStore(
    settings(variables),
    "us-east-1",
    async () => ({ accessKeyId: "a", secretAccessKey: "b" }),
    systemClock,
  );

describe("a program that is told of no cache", () => {
  it("loads every answer, and is not told of a failure", async () => {
    const cache = new GenerationCache(open({}), systemClock, silentLog);
    let loads = 0;
    const load = async () => ++loads;
    expect([await cache.read(["x"], load), await cache.read(["x"], load)]).toEqual([1, 2]);
    await expect(cache.bump()).resolves.toBeUndefined();
    await expect(open({}).ping()).resolves.toBeUndefined();
  });
});

it("uses the cache that it is told of", () => {
  const told = { CACHE_ENDPOINT: "cache.example:6379", CACHE_TLS: "on", CACHE_AUTH: "iam" };
  expect(settings({ ...told, CACHE_USER: "files", CACHE_NAME: "cache" })).toEqual({
    endpoint: { host: "cache.example", port: 6379 },
    tls: true,
    iam: { user: "files", cacheName: "cache" },
  });
  expect(open({ ...told, CACHE_AUTH: "none" })).toBeInstanceOf(ValkeyStore);
});

it.each([
  { CACHE_TLS: "on" },
  { CACHE_NAME: "cache" },
  { CACHE_ENDPOINT: "cache.example:6379" },
  { CACHE_ENDPOINT: "cache.example:6379", CACHE_TLS: "on" },
  { CACHE_ENDPOINT: "cache.example:6379", CACHE_TLS: "on", CACHE_AUTH: "iam", CACHE_USER: "files" },
])("refuses to guess at a cache of which it is told half: %o", (variables: Record<string, string>) => {
  expect(() => settings(variables)).toThrow("CACHE_*");
});
