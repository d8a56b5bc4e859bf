import { type Access, jsonService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource-handler.ts";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import { type Image, readImage } from "./image.ts";
import { ImageStore } from "./image-store.ts";
import { parseImageUri } from "./image-uri.ts";
import { ecrOperations } from "./operations/index.ts";
import { Repositories } from "./repositories.ts";
import { ecrTerraform } from "./terraform/index.ts";

export interface EcrOptions {
  /** Where images are stored. */
  readonly directory: string;
  readonly access: Access;
  readonly clock: Clock;
}

/**
 * ECR. Images are pushed with the layer uploads of its API, because `docker push` requires TLS and a host name that
 * resolves to the registry.
 */
export class Ecr {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly #repositories: Repositories;

  constructor({ directory, access, clock }: EcrOptions) {
    this.#repositories = new Repositories(new ImageStore(directory));
    this.service = jsonService(
      {
        signingName: "ecr",
        target: "AmazonEC2ContainerRegistry_V20150921",
        jsonVersion: "1.1",
        operations: ecrOperations({ repositories: this.#repositories, clock }),
      },
      access,
    );
    this.terraform = ecrTerraform(this.#repositories);
  }

  /**
   * Returns an image by the URI that task definitions use.
   *
   * @throws AwsError `CannotPullContainerError`, with the message of ECS.
   */
  pull(uri: string): Image {
    const { repository, tag, digest } = parseImageUri(uri);
    const { images } = this.#repositories;
    const stored = this.#repositories.has(repository) ? images.find(repository, { tag, digest }) : undefined;
    if (!stored) throw new AwsError("CannotPullContainerError", `CannotPullContainerError: ${uri}: not found`);
    return readImage(images, stored.digest);
  }

  close(): void {
    this.#repositories.images.close();
  }
}
