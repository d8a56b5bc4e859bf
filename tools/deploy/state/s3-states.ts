import { GetObjectCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import * as v from "valibot";
import { stateLocationOf } from "../../synth/configuration.ts";
import type { Stack } from "../../synth/manifest.ts";
import { stateBucketExists } from "../state-bucket.ts";
import { StateStore } from "./state-store.ts";
import type { OrphanedStack, StateLock, States } from "./states.ts";

const StateResources = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ resources: v.optional(v.array(v.object({ mode: v.string() })), []) }),
);

/** The states of an environment in its state bucket. */
export class S3States implements States {
  readonly bucket: string;
  readonly #s3: S3Client;
  readonly #stacks: readonly Stack[];

  /** @param stacks all stacks of the environment; at least one. */
  constructor(s3: S3Client, stacks: readonly Stack[]) {
    const [first] = stacks;
    if (!first) throw new Error("The environment has no stacks.");
    this.#s3 = s3;
    this.#stacks = stacks;
    this.bucket = stateLocationOf(first).bucket;
  }

  exists(): Promise<boolean> {
    return stateBucketExists(this.#s3, this.#stacks);
  }

  async locks(): Promise<readonly StateLock[]> {
    const store = new StateStore(this.#s3);
    const locks = await Promise.all(this.#stacks.map(async (stack) => [stack.name, await store.lock(stack)] as const));
    return locks.flatMap(([stack, lock]) =>
      lock ? [{ stack, who: lock.Who, operation: lock.Operation, since: lock.Created, id: lock.ID }] : [],
    );
  }

  async orphanedStacks(): Promise<readonly OrphanedStack[]> {
    const current = new Set(this.#stacks.map((stack) => stateLocationOf(stack).key));
    const prefixes = new Set([...current].map((key) => key.slice(0, key.lastIndexOf("/") + 1)));
    const states = (await Promise.all([...prefixes].map((prefix) => this.#listStates(prefix)))).flat();
    const orphaned = await Promise.all(
      states
        .filter(({ key }) => !current.has(key))
        .map(async ({ key, stack }) => ({ stack, resources: await this.#countResources(key) })),
    );
    return orphaned.filter(({ resources }) => resources > 0);
  }

  async #listStates(prefix: string): Promise<{ readonly key: string; readonly stack: string }[]> {
    const { Contents = [] } = await this.#s3.send(new ListObjectsV2Command({ Bucket: this.bucket, Prefix: prefix }));
    return Contents.map(({ Key = "" }) => Key)
      .filter((key) => key.endsWith(".tfstate"))
      .map((key) => ({ key, stack: key.slice(prefix.length, -".tfstate".length) }));
  }

  async #countResources(key: string): Promise<number> {
    const { Body } = await this.#s3.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
    const { resources } = v.parse(StateResources, (await Body?.transformToString()) || "{}");
    return resources.filter(({ mode }) => mode === "managed").length;
  }
}
