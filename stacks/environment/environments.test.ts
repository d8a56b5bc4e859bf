import { describe, expect, it } from "vitest";
import { synthesize } from "../testing/synthesize.ts";
import { EnvironmentError, environmentNames, type PartName, partNames } from "./environment.ts";
import { environment } from "./environments.ts";

const ACCOUNT = "123456789012";

it.each(["dev", "prod"] as const)("says where to name the account of %s", (name) => {
  expect(() => environment(name)).toThrow(EnvironmentError);
  expect(() => environment(name)).toThrow(/stacks\/environments\.ts.*NV_DEMO_ACCOUNT_ID/);
  expect(() => environment(name, { accountId: "12345" })).toThrow(EnvironmentError);
});

describe("the parts of an environment", () => {
  it("are all there in production and on this machine", () => {
    expect(environment("prod", { accountId: ACCOUNT }).parts).toEqual(partNames);
    expect(environment("local").parts).toEqual(partNames);
  });

  it("bring their own stacks and leave the others as they are", () => {
    const stacks = (parts: readonly PartName[]) => Object.keys(synthesize(environment("local", { parts })).stacks);
    const files = stacks([]);
    const more = (parts: readonly PartName[]) => stacks(parts).filter((name) => !files.includes(name));
    expect(more(["alarms", "hello", "sum"]).toSorted()).toEqual(["bastion", "hello", "images", "sum"]);
    expect(more(["cache", "releases", "shout"]).toSorted()).toEqual(["elasticache", "releases", "shout"]);
  });

  it("leave, without alarms, those that a program answers", () => {
    const { stacks } = synthesize(environment("local", { parts: ["hello", "releases"] }));
    const rung = Object.entries(stacks).filter(([, { resource }]) => resource.aws_cloudwatch_metric_alarm);
    expect(rung.map(([name]) => name)).toEqual(["releases"]);
    const shown = Object.entries(stacks).filter(([, { resource }]) => resource.aws_cloudwatch_dashboard);
    expect(shown.map(([name]) => name).toSorted()).toEqual(["hello", "monitoring", "releases"]);
  });

  it("tell the functions of no cache where there is none", () => {
    const { delivery, ...stacks } = synthesize(environment("dev", { accountId: ACCOUNT, parts: [] })).stacks;
    expect(JSON.stringify(stacks)).not.toMatch(/CACHE_|elasticache:Connect/);
  });
});

describe.each(environmentNames)("%s", (name) => {
  const chosen = environment(name, { accountId: ACCOUNT });

  it("lets an event rest longer than the function may take, and PostgreSQL keep connections to spare", () => {
    expect(chosen.updates.visibilityTimeout).toBeGreaterThan(chosen.updates.functionTimeout);
    expect(chosen.api.reservedConcurrency ?? 0).toBeLessThanOrEqual(chosen.database.connections / 2);
    expect(chosen.database.storage.maximum).toBeGreaterThan(chosen.database.storage.initial);
  });

  it("has its resources in zones of its region", () => {
    for (const zone of chosen.zones) expect(zone.startsWith(chosen.region)).toBe(true);
    expect(new Set(chosen.zones).size).toBe(3);
  });
});

it("keeps in production what is lost elsewhere", () => {
  expect(environment("prod", { accountId: ACCOUNT })).toMatchObject({
    dataOnDestroy: "keep",
    database: { multiAz: true, deletionProtection: true, tls: "verify-full" },
    cache: { auth: "iam", tls: "on" },
  });
});

it("gives development and production names of their own", () => {
  expect(environment("dev", { accountId: ACCOUNT }).prefix).toBe("nv-demo-dev");
  expect(environment("prod", { accountId: ACCOUNT }).prefix).toBe("nv-demo");
});
