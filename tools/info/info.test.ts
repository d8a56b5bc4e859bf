import { describe, expect, it } from "vitest";
import { type EnvironmentInfo, noVariables, variablesOf } from "./environment-info.ts";
import { infoJson, renderInfo } from "./render-info.ts";

const local: EnvironmentInfo = {
  environment: "local",
  addresses: {
    apiUrl: "http://127.0.0.1:1",
    shoutUrl: "http://127.0.0.1:2",
    sumUrl: "http://127.0.0.1:3",
    helloUrls: { live: "http://127.0.0.1:4", test: "http://127.0.0.1:5" },
    releasesUrls: { live: "http://127.0.0.1:6/live" },
    clientSecretArn: "arn:secret",
  },
  credentials: { username: "client", password: "hidden-password" },
  awsVariables: { AWS_ENDPOINT_URL: "http://127.0.0.1:7", AWS_SECRET_ACCESS_KEY: "hidden-key" },
  pid: 4711,
  dashboardUrl: "http://127.0.0.1:8/?token=t",
  notificationsUrl: "http://127.0.0.1:9",
};
const dev: EnvironmentInfo = {
  ...local,
  environment: "dev",
  addresses: { ...local.addresses, apiUrl: "https://api.example", sumUrl: "", shoutUrl: "" },
  credentials: undefined,
  awsVariables: undefined,
  pid: undefined,
  dashboardUrl: undefined,
  notificationsUrl: undefined,
};
const surroundings = {
  dataDirectory: "/data",
  outputDirectory: "cdktf.out",
  versions: { "Node.js": "24.0.0" },
  showPassword: false,
};

describe("renderInfo", () => {
  it("prints addresses and commands, and the password only when asked", () => {
    const text = renderInfo(local, surroundings);
    for (const url of [
      "http://127.0.0.1:1",
      "http://127.0.0.1:1/ui",
      "http://127.0.0.1:5",
      "http://127.0.0.1:6/live",
      "http://127.0.0.1:8",
    ]) {
      expect(text).toContain(url);
    }
    expect(text).toContain("in process 4711");
    expect(text).toContain("npm run info -- --show-password");
    expect(text).toContain("/data");
    expect(text).toContain("Node.js 24.0.0");
    expect(text).not.toContain("hidden");
    expect(renderInfo(local, { ...surroundings, showPassword: true })).toMatch(/password +hidden-password/);
  });

  it("uses the environment, and leaves out systems that it does not have", () => {
    const text = renderInfo(dev, surroundings);
    expect(text).toContain('eval "$(npm run --silent env -- dev --show-password)"');
    expect(text).toContain("npm run logs -- dev api --follow");
    expect(text).not.toMatch(/Shout|Sum|SHOUT_URL|127\.0\.0\.1:7|data folder/);
  });

  it("fits into 80 columns, but for addresses and paths", () => {
    const wide = renderInfo(local, surroundings)
      .split("\n")
      .filter((line) => line.length > 84);
    expect(wide).toEqual([]);
  });
});

it("prints JSON without secrets unless they were asked for", () => {
  expect(infoJson(local, surroundings)).not.toContain("hidden");
  expect(JSON.parse(infoJson(local, { ...surroundings, showPassword: true }))).toMatchObject({
    apiUrl: "http://127.0.0.1:1",
    password: "hidden-password",
    variables: { AWS_SECRET_ACCESS_KEY: "hidden-key", HELLO_URL: "http://127.0.0.1:4" },
    pid: 4711,
    dashboardUrl: "http://127.0.0.1:8/?token=t",
    notificationsUrl: "http://127.0.0.1:9",
    dataDirectory: "/data",
  });
});

describe("variablesOf", () => {
  it("has the variables of the AWS clients only for the local deployment", () => {
    expect(variablesOf(local)).toEqual({
      AWS_ENDPOINT_URL: "http://127.0.0.1:7",
      AWS_SECRET_ACCESS_KEY: "hidden-key",
      FILES_URL: "http://127.0.0.1:1",
      FILES_USER: "client",
      FILES_PASSWORD: "hidden-password",
      RELEASES_URL: "http://127.0.0.1:6/live",
      HELLO_URL: "http://127.0.0.1:4",
      SHOUT_URL: "http://127.0.0.1:2",
      SUM_URL: "http://127.0.0.1:3",
    });
    expect(Object.keys(variablesOf(dev))).not.toContain("AWS_ENDPOINT_URL");
  });

  it("removes those that the environment does not have, so that none of another one remains", () => {
    expect(variablesOf(dev)).toMatchObject({ FILES_PASSWORD: undefined, SHOUT_URL: undefined, SUM_URL: undefined });
    expect(Object.keys(noVariables())).toEqual(expect.arrayContaining(Object.keys(variablesOf(local))));
    expect(new Set(Object.values(noVariables()))).toEqual(new Set([undefined]));
  });
});
