import type { Call } from "../../gateway/protocol.ts";
import type { ImageStore } from "./image-store.ts";
import { type Repositories, repositoryArn } from "./repositories.ts";

export interface RepositoryInput {
  readonly repositoryName: string;
}

/**
 * The image store, if the caller may perform the action on the repository of the request.
 *
 * @throws AwsError `AccessDenied`, or `RepositoryNotFoundException`.
 */
export function authorizedImages(
  repositories: Repositories,
  { repositoryName }: RepositoryInput,
  call: Call,
  action: string,
): ImageStore {
  call.authorize(action, repositoryArn(repositoryName));
  repositories.get(repositoryName);
  return repositories.images;
}
