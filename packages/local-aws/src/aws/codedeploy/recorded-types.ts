import type { ResourceHandler } from "../../provider/resource.ts";
import { codedeployApp } from "./terraform/app.ts";
import { codedeployDeploymentGroup } from "./terraform/deployment-group.ts";

/** Resource types of which nothing lives on this machine: they are recorded, with ids and ARNs of the right form. */
export const codedeployRecordedTypes: readonly ResourceHandler[] = [codedeployApp, codedeployDeploymentGroup];
