import { describe, expect, it } from "vitest";
import { partNames } from "./environment.ts";
import { environment } from "./environments.ts";
import { readEnvironment } from "./read-environment.ts";

const ACCOUNT = "123456789012";

describe("readEnvironment", () => {
  it("defaults to the local environment", () => {
    expect(readEnvironment({})).toMatchObject({ name: "local", accountId: "000000000000" });
    expect(readEnvironment({ NV_DEMO_ENVIRONMENT: "" }).name).toBe("local");
  });

  it("rejects an unknown name and lists the known ones", () => {
    expect(() => readEnvironment({ NV_DEMO_ENVIRONMENT: "staging" })).toThrow(
      'NV_DEMO_ENVIRONMENT is "staging"; it must be one of local, dev, prod.',
    );
  });

  it.each(["dev", "prod"] as const)("reads the account ID of %s from a variable", (name) => {
    expect(readEnvironment({ NV_DEMO_ENVIRONMENT: name, NV_DEMO_ACCOUNT_ID: ACCOUNT }).accountId).toBe(ACCOUNT);
  });

  it("reads the settings for AWS emulators", () => {
    const variables = {
      NV_DEMO_ENVIRONMENT: "dev",
      NV_DEMO_ACCOUNT_ID: ACCOUNT,
      NV_DEMO_LAMBDA_RUNTIME: "nodejs22.x",
      NV_DEMO_S3_ADDRESSING: "path",
    };
    expect(readEnvironment(variables)).toEqual({
      ...environment("dev", { accountId: ACCOUNT }),
      lambdaRuntime: "nodejs22.x",
      s3Addressing: "path",
    });
  });

  it("reads a repository by names and IDs", () => {
    const github = (value: string) => readEnvironment({ NV_DEMO_GITHUB: value }).github;
    expect(github("octo@12/demo.ts@34")).toEqual({
      owner: "octo",
      ownerId: "12",
      repository: "demo.ts",
      repositoryId: "34",
    });
    for (const value of ["octo/demo", "octo@12/demo", "octo@12/demo@x", "octo@12/a/b@34"]) {
      expect(() => github(value), value).toThrow(/must be <owner>@<ID>/);
    }
  });

  it("rejects an unknown S3 addressing style", () => {
    expect(() => readEnvironment({ NV_DEMO_S3_ADDRESSING: "dns" })).toThrow(/must be path or virtual-host/);
  });

  it("reads parts by name, or all of them", () => {
    const parts = (value: string) => readEnvironment({ NV_DEMO_PARTS: value }).parts;
    expect(parts("cache, hello")).toEqual(["cache", "hello"]);
    expect(parts("all")).toEqual(partNames);
    expect(() => parts("cache,helo")).toThrow(
      'NV_DEMO_PARTS contains "helo"; the parts are alarms, cache, hello, releases, shout, sum, or all.',
    );
  });
});
