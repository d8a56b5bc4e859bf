import { findLocalAws, LocalAwsError, type RunningLocalAws } from "@nv-demo/local-aws";
import { dataDirectory } from "../paths/data-directory.ts";
import { LocalDeploymentError } from "./local-deployment-error.ts";

/**
 * The running local AWS, if there is one.
 *
 * @throws LocalDeploymentError when its data folder cannot be read.
 */
export function findRunning(): RunningLocalAws | undefined {
  try {
    return findLocalAws(dataDirectory());
  } catch (error) {
    throw error instanceof LocalAwsError ? new LocalDeploymentError(error) : error;
  }
}
