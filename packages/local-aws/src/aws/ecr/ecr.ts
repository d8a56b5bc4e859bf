import { gunzipSync } from "node:zlib";
import { type Access, jsonService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource.ts";
import { ACCOUNT_ID, arn, REGION } from "../../runtime/account.ts";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import { ImageStore } from "./image-store.ts";
import { ecrOperations } from "./operations.ts";
import { ecrTerraform } from "./terraform.ts";

export interface EcrOptions {
  /** Where images are kept. */
  readonly directory: string;
  readonly access: Access;
  readonly clock: Clock;
}

/** What of an image a container needs. */
export interface Image {
  readonly digest: string;
  readonly config: ImageConfig;
  /** Tar archives, the lowest first. */
  readonly layers: readonly Uint8Array[];
}

/** https://github.com/opencontainers/image-spec/blob/main/config.md */
export interface ImageConfig {
  readonly Entrypoint?: readonly string[] | null;
  readonly Cmd?: readonly string[] | null;
  readonly Env?: readonly string[] | null;
  readonly WorkingDir?: string;
  readonly User?: string;
}

interface Manifest {
  readonly config: { readonly digest: string };
  readonly layers: readonly { readonly digest: string; readonly mediaType: string }[];
}

/** How mutable a repository's tags are, and what it is called. */
export interface Repository {
  readonly name: string;
  readonly immutable: boolean;
}

/** The registry. Images come by its API's layer uploads, as `docker push` needs TLS and a name that this machine does not have. */
export class Ecr {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly images: ImageStore;
  readonly #repositories = new Map<string, Repository>();

  constructor({ directory, access, clock }: EcrOptions) {
    this.images = new ImageStore(directory);
    this.service = jsonService(
      {
        signingName: "ecr",
        target: "AmazonEC2ContainerRegistry_V20150921",
        jsonVersion: "1.1",
        operations: ecrOperations(this, clock),
      },
      access,
    );
    this.terraform = ecrTerraform(this);
  }

  putRepository(repository: Repository): void {
    this.#repositories.set(repository.name, repository);
  }

  deleteRepository(name: string): void {
    this.#repositories.delete(name);
    for (const image of this.images.of(name)) this.images.delete(image);
  }

  get repositories(): Repository[] {
    return [...this.#repositories.values()];
  }

  /** @throws AwsError `RepositoryNotFoundException`. */
  repository(name: string): Repository {
    const repository = this.#repositories.get(name);
    if (repository) return repository;
    throw new AwsError(
      "RepositoryNotFoundException",
      `The repository with name '${name}' does not exist in the registry with id '${ACCOUNT_ID}'`,
    );
  }

  /**
   * An image by the name that task definitions give it.
   *
   * @throws AwsError `CannotPullContainerError`, as ECS words it.
   */
  pull(uri: string): Image {
    const { repository, tag, digest } = parseUri(uri);
    const stored = this.#repositories.has(repository) ? this.images.find(repository, { tag, digest }) : undefined;
    if (!stored) throw new AwsError("CannotPullContainerError", `CannotPullContainerError: ${uri}: not found`);
    const json = (blob: string): unknown => JSON.parse(Buffer.from(this.images.blob(blob)).toString("utf8"));
    const manifest = json(stored.digest) as Manifest;
    const { config = {} } = json(manifest.config.digest) as { config?: ImageConfig };
    const layers = manifest.layers.map(({ digest: layer, mediaType }) => {
      const blob = this.images.blob(layer);
      return mediaType.endsWith("gzip") ? gunzipSync(blob) : blob;
    });
    return { digest: stored.digest, config, layers };
  }

  close(): void {
    this.images.close();
  }
}

export const repositoryArn = (name: string): string => arn("ecr", `repository/${name}`);

const REGISTRY = `${ACCOUNT_ID}.dkr.ecr.${REGION}.amazonaws.com`;

export const repositoryUrl = (name: string): string => `${REGISTRY}/${name}`;

/** The parts of `<registry>/<repository>:<tag>` or `…@<digest>`; without either the tag is `latest`. */
export function parseUri(uri: string): { repository: string; tag?: string; digest?: string } {
  const path = uri.startsWith(`${REGISTRY}/`) ? uri.slice(REGISTRY.length + 1) : uri;
  const [name = "", digest] = path.split("@");
  const colon = name.lastIndexOf(":");
  const repository = colon === -1 ? name : name.slice(0, colon);
  if (digest !== undefined) return { repository, digest };
  return { repository, tag: colon === -1 ? "latest" : name.slice(colon + 1) };
}
