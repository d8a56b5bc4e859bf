import { describe, expect, it } from "vitest";
import { partNames } from "./environment.ts";
import { environment } from "./environments.ts";
import { readEnvironment } from "./read-environment.ts";

const ACCOUNT = "123456789012";

describe("the environment that the variables choose", () => {
  it("is the local one unless it is told, which no account can be harmed by", () => {
    expect(readEnvironment({})).toMatchObject({ name: "local", accountId: "000000000000" });
    expect(readEnvironment({ NV_DEMO_ENVIRONMENT: "" }).name).toBe("local");
  });

  it("says which names there are when it does not know one", () => {
    expect(() => readEnvironment({ NV_DEMO_ENVIRONMENT: "staging" })).toThrow(
      'NV_DEMO_ENVIRONMENT is "staging"; it must be one of local, dev, prod.',
    );
  });

  it.each(["dev", "prod"] as const)("takes the account of %s from a variable", (name) => {
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

  it("has parts that are chosen by name, or all at once", () => {
    const parts = (told: string) => readEnvironment({ NV_DEMO_PARTS: told }).parts;
    expect(parts("cache, hello")).toEqual(["cache", "hello"]);
    expect(parts("all")).toEqual(partNames);
    expect(() => parts("cache,helo")).toThrow(
      'NV_DEMO_PARTS has "helo"; there are alarms, cache, hello, releases, shout, sum, or all.',
    );
  });
});
