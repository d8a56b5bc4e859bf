import type { TestProject } from "vitest/node";
import { LocalDeployment } from "./local-deployment.ts";
import type { Target } from "./target.ts";

/**
 * Against AWS when `ACCEPTANCE_API_URL` names a deployment (with `ACCEPTANCE_USERNAME`, `ACCEPTANCE_PASSWORD` and `ACCEPTANCE_PREFIX`, and
 * `ACCEPTANCE_SHOUT_URL`, `ACCEPTANCE_HELLO_URLS` and `ACCEPTANCE_RELEASES_URLS` (`live=https://…&test=https://…`) where there are such), else against a local
 * one that is started for the tests and removed after them.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const remote = remoteTarget(process.env);
  if (remote) {
    project.provide("target", remote);
    return undefined;
  }
  const deployment = new LocalDeployment();
  try {
    project.provide("target", await deployment.start());
  } catch (error) {
    await deployment.remove();
    throw error;
  }
  return () => deployment.remove();
}

function remoteTarget(variables: NodeJS.ProcessEnv): Target | undefined {
  const apiUrl = variables.ACCEPTANCE_API_URL;
  if (apiUrl === undefined) return undefined;
  const read = (name: string): string => {
    const value = variables[name];
    if (!value) throw new Error(`${name} is needed beside ACCEPTANCE_API_URL`);
    return value;
  };
  const prefix = read("ACCEPTANCE_PREFIX");
  // the tests delete what they made and nothing else, but production is not a place to find out
  if (prefix === "nv-demo" && variables.ACCEPTANCE_ALLOW_PRODUCTION !== "yes") {
    throw new Error("ACCEPTANCE_PREFIX names production; set ACCEPTANCE_ALLOW_PRODUCTION=yes if that is meant");
  }
  return {
    kind: "aws",
    apiUrl: apiUrl.replace(/\/$/, ""),
    username: read("ACCEPTANCE_USERNAME"),
    password: read("ACCEPTANCE_PASSWORD"),
    helloUrls: Object.fromEntries(new URLSearchParams(variables.ACCEPTANCE_HELLO_URLS)),
    releasesUrls: Object.fromEntries(new URLSearchParams(variables.ACCEPTANCE_RELEASES_URLS)),
    sumUrl: variables.ACCEPTANCE_SUM_URL?.replace(/\/$/, ""),
    shoutUrl: variables.ACCEPTANCE_SHOUT_URL?.replace(/\/$/, ""),
    prefix,
    awsVariables: {},
    dataDirectory: "",
  };
}
