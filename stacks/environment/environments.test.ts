import { describe, expect, it } from "vitest";
import { synthesize } from "../testing/synthesize.ts";
import { EnvironmentError, environmentNames, type PartName, partNames } from "./environment.ts";
import { environment } from "./environments.ts";

const ACCOUNT = "123456789012";

it.each(["dev", "prod"] as const)("requires the account ID of %s and states where to set it", (name) => {
  expect(() => environment(name)).toThrow(EnvironmentError);
  expect(() => environment(name)).toThrow(/stacks\/environment\/environments\.ts.*NV_DEMO_ACCOUNT_ID/);
  expect(() => environment(name, { accountId: "12345" })).toThrow(/invalid AWS account ID "12345"/);
});

describe("the parts of an environment", () => {
  it("are all enabled in production and locally", () => {
    expect(environment("prod", { accountId: ACCOUNT }).parts).toEqual(partNames);
    expect(environment("local").parts).toEqual(partNames);
  });

  it("add their own stacks", () => {
    const stacks = (parts: readonly PartName[]) => Object.keys(synthesize(environment("local", { parts })).stacks);
    const files = stacks([]);
    const added = (parts: readonly PartName[]) => stacks(parts).filter((name) => !files.includes(name));
    expect(added(["alarms", "hello", "sum"]).toSorted()).toEqual(["bastion", "hello", "images", "sum"]);
    expect(added(["cache", "releases", "shout"]).toSorted()).toEqual(["elasticache", "releases", "shout"]);
  });

  it("include the essential alarms and those that invoke a function, even without the part alarms", () => {
    const { stacks } = synthesize(environment("local", { parts: ["hello", "releases"] }));
    const withAlarms = Object.entries(stacks).filter(([, { resource }]) => resource.aws_cloudwatch_metric_alarm);
    expect(withAlarms.map(([name]) => name)).toEqual(["hello", "monitoring", "releases"]);
  });

  it("set no cache variables or permissions without the part cache", () => {
    const { delivery, ...stacks } = synthesize(environment("dev", { accountId: ACCOUNT, parts: [] })).stacks;
    expect(JSON.stringify(stacks)).not.toMatch(/CACHE_|elasticache:Connect/);
  });
});

describe.each(environmentNames)("%s", (name) => {
  const chosen = environment(name, { accountId: ACCOUNT });

  it("has a visibility timeout above the function timeout, and more connections than concurrent executions", () => {
    expect(chosen.updates.visibilityTimeout).toBeGreaterThan(chosen.updates.functionTimeout);
    expect(chosen.api.reservedConcurrency ?? 0).toBeLessThanOrEqual(chosen.database.connections / 2);
    expect(chosen.database.storage.maximum).toBeGreaterThan(chosen.database.storage.initial);
  });

  it("uses three zones of its region", () => {
    for (const zone of chosen.zones) expect(zone.startsWith(chosen.region)).toBe(true);
    expect(new Set(chosen.zones).size).toBe(3);
  });
});

it("keeps the data of production", () => {
  expect(environment("prod", { accountId: ACCOUNT })).toMatchObject({
    dataOnDestroy: "keep",
    database: { multiAz: true, deletionProtection: true, tls: "verify-full" },
    cache: { auth: "iam", tls: "on" },
  });
});

it("has different prefixes in development and production", () => {
  expect(environment("dev", { accountId: ACCOUNT }).prefix).toBe("nv-demo-dev");
  expect(environment("prod", { accountId: ACCOUNT }).prefix).toBe("nv-demo");
});
