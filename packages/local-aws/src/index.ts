/** The public API of the package. */
export type { TerraformAttachment } from "./attach.ts";
export type { AccessKey } from "./aws/iam/access-control.ts";
export { type AwsCli, findAwsCli, parseAwsCliVersion } from "./aws-cli.ts";
export { awsVariables, clientEnvironment } from "./client-environment.ts";
export type {
  DashboardContent,
  DashboardExample,
  DashboardLink,
  DashboardNote,
  DashboardSystem,
} from "./dashboard/index.ts";
export { prepareDataFolder, removeDataFolder } from "./data-folder.ts";
export type { BuiltInFaults, Fault } from "./faults.ts";
export { ProgramNotFoundError } from "./find-program.ts";
export type { LocalHost } from "./hosts.ts";
export { InstanceRunningError } from "./instance-lock.ts";
export { type LocalAws, type LocalAwsOptions, startLocalAws } from "./local-aws.ts";
export { type RunCommandOptions, runCommand } from "./run-command.ts";
export { connectLocalAws, findLocalAws, hasLocalAws, openLocalAws, type RunningLocalAws } from "./running-instance.ts";
export { LocalAwsError } from "./runtime/local-aws-error.ts";
export type { FunctionFailure, ServedRequest, TrafficObserver } from "./runtime/traffic.ts";
