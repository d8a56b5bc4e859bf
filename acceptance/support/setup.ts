import type { TestProject } from "vitest/node";
import { LocalDeployment } from "./local-deployment.ts";
import type { Target } from "./target.ts";

/**
 * Provides the deployment to test. If `ACCEPTANCE_API_URL` is set, this is a deployment on AWS; `ACCEPTANCE_USERNAME`,
 * `ACCEPTANCE_PASSWORD` and `ACCEPTANCE_PREFIX` are then required, and `ACCEPTANCE_SUM_URL`, `ACCEPTANCE_SHOUT_URL`,
 * `ACCEPTANCE_HELLO_URLS` and `ACCEPTANCE_RELEASES_URLS` (`live=https://…&test=https://…`) optional. Otherwise a local
 * deployment is started for each worker and removed after the tests.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  project.provide("updatePictures", project.config.snapshotOptions.updateSnapshot === "all");
  const remote = remoteTarget(process.env);
  if (remote) {
    project.provide("targets", [remote]);
    return undefined;
  }
  const files = project.vitest.state.getPaths().length;
  const deployments = Array.from({ length: Math.min(project.config.maxWorkers, files) }, () => new LocalDeployment());
  const remove = async () => {
    await Promise.all(deployments.map((deployment) => deployment.remove()));
  };
  try {
    project.provide("targets", await Promise.all(deployments.map((deployment) => deployment.start())));
  } catch (error) {
    await remove();
    throw error;
  }
  return remove;
}

function remoteTarget(variables: NodeJS.ProcessEnv): Target | undefined {
  const apiUrl = variables.ACCEPTANCE_API_URL;
  if (apiUrl === undefined) return undefined;
  const read = (name: string): string => {
    const value = variables[name];
    if (!value) throw new Error(`Set ${name}, which is required with ACCEPTANCE_API_URL.`);
    return value;
  };
  const prefix = read("ACCEPTANCE_PREFIX");
  // The tests delete only what they create, but production is not the place to verify that.
  if (prefix === "nv-demo" && variables.ACCEPTANCE_ALLOW_PRODUCTION !== "yes") {
    throw new Error("ACCEPTANCE_PREFIX is that of prod; set ACCEPTANCE_ALLOW_PRODUCTION=yes to test it anyway.");
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
