import { ACCOUNT_ID, arn, REGION } from "../../runtime/account.ts";
import { AwsError } from "../../runtime/error.ts";
import type { ImageStore } from "./image-store.ts";

export interface Repository {
  readonly name: string;
  /** Whether a tag that exists cannot be moved to another image. */
  readonly immutable: boolean;
}

/** Host name of the registry, with which the names of all images begin. */
export const REGISTRY = `${ACCOUNT_ID}.dkr.ecr.${REGION}.amazonaws.com`;

export const repositoryArn = (name: string): string => arn("ecr", `repository/${name}`);

export const repositoryUrl = (name: string): string => `${REGISTRY}/${name}`;

/** The repositories of the registry and the images in them. */
export class Repositories {
  readonly images: ImageStore;
  readonly #repositories = new Map<string, Repository>();

  constructor(images: ImageStore) {
    this.images = images;
  }

  all(): Repository[] {
    return [...this.#repositories.values()];
  }

  has(name: string): boolean {
    return this.#repositories.has(name);
  }

  /** @throws AwsError `RepositoryNotFoundException`. */
  get(name: string): Repository {
    const repository = this.#repositories.get(name);
    if (repository) return repository;
    throw new AwsError(
      "RepositoryNotFoundException",
      `The repository with name '${name}' does not exist in the registry with id '${ACCOUNT_ID}'`,
    );
  }

  put(repository: Repository): void {
    this.#repositories.set(repository.name, repository);
  }

  /** Deletes the repository and its images. */
  delete(name: string): void {
    this.#repositories.delete(name);
    for (const image of this.images.list(name)) this.images.delete(image);
  }
}
