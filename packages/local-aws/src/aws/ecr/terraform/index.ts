import type { TerraformParts } from "../../../provider/resource-handler.ts";
import type { Repositories } from "../repositories.ts";
import { repositoryResource } from "./repository.ts";

export function ecrTerraform(repositories: Repositories): TerraformParts {
  return { resources: [repositoryResource(repositories)] };
}
