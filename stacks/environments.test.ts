import { describe, expect, it } from "vitest";
import {
  EnvironmentError,
  environment,
  environmentName,
  environmentNames,
  type PartName,
  partNames,
  readEnvironment,
} from "./environments.ts";
import { synthesize } from "./testing/synthesize.ts";

const ACCOUNT = "123456789012";

describe("the environment", () => {
  it("is the local one unless it is told, which no account can be harmed by", () => {
    expect(readEnvironment({})).toMatchObject({ name: "local", accountId: "000000000000" });
    expect(readEnvironment({ NV_DEMO_ENVIRONMENT: "" }).name).toBe("local");
  });

  it("says which names there are when it does not know one", () => {
    expect(() => readEnvironment({ NV_DEMO_ENVIRONMENT: "staging" })).toThrow(
      'NV_DEMO_ENVIRONMENT is "staging"; it must be one of local, dev, prod.',
    );
  });

  it.each(["dev", "prod"] as const)("says where to name the account of %s", (name) => {
    expect(() => environment(name)).toThrow(EnvironmentError);
    expect(() => environment(name)).toThrow(/stacks\/environments\.ts.*NV_DEMO_ACCOUNT_ID/);
    expect(() => environment(name, { accountId: "12345" })).toThrow(EnvironmentError);
    expect(readEnvironment({ NV_DEMO_ENVIRONMENT: name, NV_DEMO_ACCOUNT_ID: ACCOUNT }).accountId).toBe(ACCOUNT);
  });

  it("takes what an emulator of AWS needs to be different", () => {
    const told = { NV_DEMO_LAMBDA_RUNTIME: "nodejs22.x", NV_DEMO_S3_ADDRESSING: "path", NV_DEMO_ACCOUNT_ID: ACCOUNT };
    expect(readEnvironment({ ...told, NV_DEMO_ENVIRONMENT: "dev" })).toEqual({
      ...environment("dev", { accountId: ACCOUNT }),
      lambdaRuntime: "nodejs22.x",
      s3Addressing: "path",
    });
  });

  it("takes a repository by its names and numbers", () => {
    const github = (told: string) => readEnvironment({ NV_DEMO_GITHUB: told }).github;
    expect(github("octo@12/demo.ts@34")).toEqual({
      owner: "octo",
      ownerId: "12",
      repository: "demo.ts",
      repositoryId: "34",
    });
    for (const told of ["octo/demo", "octo@12/demo", "octo@12/demo@x", "octo@12/a/b@34"]) {
      expect(() => github(told), told).toThrow(/must be <owner>@<number>/);
    }
  });

  it("refuses a way to address S3 that there is not", () => {
    expect(() => readEnvironment({ NV_DEMO_S3_ADDRESSING: "dns" })).toThrow(/must be path or virtual-host/);
  });
});

describe("the parts of an environment", () => {
  it("are chosen by name, or all at once", () => {
    const parts = (told: string) => readEnvironment({ NV_DEMO_PARTS: told }).parts;
    expect(parts("cache, hello")).toEqual(["cache", "hello"]);
    expect(parts("all")).toEqual(partNames);
    expect(() => parts("cache,helo")).toThrow(
      'NV_DEMO_PARTS has "helo"; there are alarms, cache, hello, releases, shout, sum, or all.',
    );
  });

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

it("finds an environment by its name", () => {
  expect(environmentName("dev")).toBe("dev");
  expect(() => environmentName("staging")).toThrow('There is no environment "staging"; there are local, dev, prod.');
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
