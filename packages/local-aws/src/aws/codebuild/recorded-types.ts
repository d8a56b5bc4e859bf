import type { ResourceHandler } from "../../provider/resource.ts";
import { codebuildProject } from "./terraform/project.ts";

/** Resource types of which nothing lives on this machine: they are recorded, with ids and ARNs of the right form. */
export const codebuildRecordedTypes: readonly ResourceHandler[] = [codebuildProject];
