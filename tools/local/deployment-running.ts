import { findLocalAws, type RunningLocalAws } from "@nv-demo/local-aws";
import { CommandError } from "../command-line/errors.ts";
import { type LocalEndpoints, readLocalEndpoints } from "./local-endpoints.ts";

/** A local deployment is running in this data folder already. */
export class DeploymentRunningError extends CommandError {
  override readonly name = "DeploymentRunningError";
  readonly code = "DEPLOYMENT_RUNNING";

  /** @param endpoints undefined when they are not known, because it is not deployed completely. */
  constructor(directory: string, running: RunningLocalAws, endpoints: LocalEndpoints | undefined) {
    const { pid, endpoint = "starting", dashboardUrl } = running;
    const addresses = [
      ...(endpoints?.apiUrl ? [["Files", endpoints.apiUrl]] : []),
      ...(endpoints?.sumUrl ? [["Sum", endpoints.sumUrl]] : []),
      ["AWS APIs", endpoint],
      ...(dashboardUrl ? [["Dashboard", dashboardUrl]] : []),
      ["Process ID", String(pid)],
      ["Data folder", directory],
    ];
    super(
      [
        "A local deployment is already running:",
        ...addresses.map(([name = "", value]) => `  ${name.padEnd(11)}  ${value}`),
        `Use it, or stop it with Ctrl-C in its terminal or with kill ${pid}.`,
      ].join("\n"),
    );
  }
}

/** @throws DeploymentRunningError when an instance holds the data folder. */
export async function refuseSecondDeployment(directory: string): Promise<void> {
  const running = findLocalAws(directory);
  if (!running) return;
  throw new DeploymentRunningError(directory, running, await findEndpoints(running));
}

/** While the first one is being deployed, there may be no outputs or no password yet. */
async function findEndpoints(running: RunningLocalAws): Promise<LocalEndpoints | undefined> {
  const { endpoint, accessKey, dashboardUrl, hosts } = running;
  if (endpoint === undefined) return undefined;
  return readLocalEndpoints({ endpoint, accessKey, dashboardUrl, hosts }).catch(() => undefined);
}
