import { GetObjectCommand, ListObjectVersionsCommand, type S3Client } from "@aws-sdk/client-s3";
import { type Stack, stateLocationOf } from "../../synth/manifest.ts";

/** What of a state's file is read here; its format is Terraform's own, and these are in it since version 4. */
export interface State {
  /** Of all versions of a state the same, and of no other state. */
  readonly lineage: string;
  /** Grows by one with every change. */
  readonly serial: number;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly resources: readonly { readonly mode: string; readonly instances: readonly unknown[] }[];
}

/** Who holds the lock of a state, as Terraform writes it: https://developer.hashicorp.com/terraform/language/backend/s3#state-locking */
export interface Lock {
  readonly ID: string;
  readonly Operation: string;
  /** User and machine. */
  readonly Who: string;
  readonly Created: string;
}

export interface StateVersion {
  readonly id: string;
  readonly writtenAt: Date;
  /** Bytes. */
  readonly size: number;
  readonly isCurrent: boolean;
}

/** A lock as a person reads it: who holds it since when, for what, and the id with which it can be broken. */
export function lockText({ ID, Operation, Who, Created }: Lock): string {
  return `locked by ${Who} since ${Created} for ${Operation}, lock id ${ID}`;
}

/** The states as they lie in the bucket. Only reads: what changes a state goes through Terraform, which takes the lock. */
export class StateStore {
  readonly #client: S3Client;

  constructor(client: S3Client) {
    this.#client = client;
  }

  /** @returns undefined when the stack was never applied. */
  async read(stack: Stack): Promise<State | undefined> {
    const text = await this.#get(stack, "");
    return text === undefined ? undefined : (JSON.parse(text) as State);
  }

  /** @returns undefined when nobody holds it. */
  async lock(stack: Stack): Promise<Lock | undefined> {
    const text = await this.#get(stack, ".tflock");
    return text === undefined ? undefined : (JSON.parse(text) as Lock);
  }

  /** Newest first, a thousand at most. */
  async versions(stack: Stack): Promise<readonly StateVersion[]> {
    const { bucket, key } = stateLocationOf(stack);
    const { Versions = [] } = await this.#client.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key }));
    return Versions.filter(({ Key }) => Key === key) // the lock file's begins with it
      .map(({ VersionId = "", LastModified = new Date(0), Size = 0, IsLatest = false }) => ({
        id: VersionId,
        writtenAt: LastModified,
        size: Size,
        isCurrent: IsLatest,
      }));
  }

  /** The text of one version; undefined when there is none of that id. */
  version(stack: Stack, id: string): Promise<string | undefined> {
    return this.#get(stack, "", id);
  }

  async #get(stack: Stack, suffix: string, version?: string): Promise<string | undefined> {
    const { bucket, key } = stateLocationOf(stack);
    try {
      const { Body } = await this.#client.send(
        new GetObjectCommand({ Bucket: bucket, Key: `${key}${suffix}`, ...(version && { VersionId: version }) }),
      );
      return await Body?.transformToString();
    } catch (error) {
      const { name } = error as Error;
      if (["NoSuchKey", "NoSuchBucket", "NoSuchVersion"].includes(name)) return undefined;
      throw error;
    }
  }
}
