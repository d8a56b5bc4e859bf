import { GetObjectCommand, ListObjectVersionsCommand, type S3Client } from "@aws-sdk/client-s3";
import * as v from "valibot";
import { stateLocationOf } from "../../synth/configuration.ts";
import type { Stack } from "../../synth/manifest.ts";

/**
 * The part of a state file that is read here. Its format is internal to Terraform; these fields exist since version 4.
 */
const state = v.looseObject({
  /** The same in all versions of a state, and unique to it. */
  lineage: v.string(),
  /** Grows with every change. */
  serial: v.number(),
  outputs: v.record(v.string(), v.unknown()),
  resources: v.array(v.looseObject({ mode: v.string(), instances: v.array(v.unknown()) })),
});

export type State = v.InferOutput<typeof state>;

/**
 * The lock of a state, as Terraform writes it:
 * https://developer.hashicorp.com/terraform/language/backend/s3#state-locking
 */
const lock = v.object({
  ID: v.string(),
  Operation: v.string(),
  /** User and machine. */
  Who: v.string(),
  Created: v.string(),
});

export type Lock = v.InferOutput<typeof lock>;

export interface StateVersion {
  readonly id: string;
  readonly writtenAt: Date;
  /** Bytes. */
  readonly size: number;
  readonly isCurrent: boolean;
}

export function parseState(text: string): State {
  return v.parse(v.pipe(v.string(), v.parseJson(), state), text);
}

/** Who holds a lock since when, for which operation, and the ID with which it can be removed. */
export function lockText({ ID, Operation, Who, Created }: Lock): string {
  return `locked by ${Who} since ${Created} for ${Operation}, lock ID ${ID}`;
}

/** The states in their bucket. Only reads them: every change goes through Terraform, which acquires the lock. */
export class StateStore {
  readonly #client: S3Client;

  constructor(client: S3Client) {
    this.#client = client;
  }

  /** @returns undefined when the stack was never applied. */
  async read(stack: Stack): Promise<State | undefined> {
    const text = await this.#get(stack, "");
    return text === undefined ? undefined : parseState(text);
  }

  /** @returns undefined when the state is not locked. */
  async lock(stack: Stack): Promise<Lock | undefined> {
    const text = await this.#get(stack, ".tflock");
    return text === undefined ? undefined : v.parse(v.pipe(v.string(), v.parseJson(), lock), text);
  }

  /** The newest first, at most 1,000. */
  async versions(stack: Stack): Promise<readonly StateVersion[]> {
    const { bucket, key } = stateLocationOf(stack);
    const { Versions = [] } = await this.#client.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key }));
    return Versions.filter(({ Key }) => Key === key) // The key of the lock file has the same prefix.
      .map(({ VersionId = "", LastModified = new Date(0), Size = 0, IsLatest = false }) => ({
        id: VersionId,
        writtenAt: LastModified,
        size: Size,
        isCurrent: IsLatest,
      }));
  }

  /** The text of one version; undefined when there is no version with this ID. */
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
