import { spawnSync } from "node:child_process";
import { delimiter, join } from "node:path";
import { command } from "./command.ts";
import { target } from "./target.ts";

const { awsVariables } = target;

/** Every AWS CLI on the PATH; version 2 may be after version 1. */
export const installed = findInstalled();
export const version2 = installed.find(({ version }) => version.startsWith("aws-cli/2."));
const cli = (version2 ?? installed[0])?.program ?? "aws";

function findInstalled(): { readonly program: string; readonly version: string }[] {
  return (process.env.PATH ?? "").split(delimiter).flatMap((folder) => {
    const program = join(folder, "aws");
    const { status, stdout } = spawnSync(program, ["--version"], { encoding: "utf8" });
    return status === 0 ? [{ program, version: stdout }] : [];
  });
}

const environment = { ...awsVariables, AWS_PAGER: "", AWS_CA_BUNDLE: "" };

/** Passes the endpoint as an option too, because releases before 2.13 do not read the environment variable. */
export function aws(...args: string[]) {
  const endpoint = awsVariables.AWS_ENDPOINT_URL;
  const at = endpoint === undefined ? [] : ["--endpoint-url", endpoint];
  // Node.js connects standard output to a socket, which cannot be opened as /dev/stdout; a pipe of the shell can.
  return command("bash", ["-c", 'set -o pipefail; "$0" "$@" | cat', cli, ...at, ...args], environment);
}
