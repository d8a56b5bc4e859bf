import type { Call } from "../../gateway/protocol.ts";
import type { ImageStore } from "./image-store.ts";
import { type Repositories, repositoryArn } from "./repositories.ts";

export interface RepositoryInput {
  readonly repositoryName: string;
}

/**
 * Authorizes an action on a repository and returns the image store.
 *
 * @throws AwsError `AccessDenied`, or `RepositoryNotFoundException`.
 */
export function authorizedImages(
  repositories: Repositories,
  { repositoryName }: RepositoryInput,
  action: string,
  call: Call,
): ImageStore {
  call.authorize(`ecr:${action}`, repositoryArn(repositoryName));
  repositories.get(repositoryName);
  return repositories.images;
}
