import { GetObjectCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { type State, StateStore } from "../deploy/state/state-store.ts";
import { stateBucketExists } from "../deploy/state-bucket.ts";
import { type Stack, stateLocationOf } from "../synth/manifest.ts";
import type { HeldLock, LeftBehind, States } from "./state.ts";

/** The states of an environment as they lie in its bucket. */
export class RecordedStates implements States {
  readonly bucket: string;
  readonly #s3: S3Client;
  readonly #stacks: readonly Stack[];

  /** @param stacks of the environment; at least one, as they all have. */
  constructor(s3: S3Client, stacks: readonly Stack[]) {
    const [first] = stacks;
    if (!first) throw new Error("there are no stacks");
    this.#s3 = s3;
    this.#stacks = stacks;
    this.bucket = stateLocationOf(first).bucket;
  }

  exists(): Promise<boolean> {
    return stateBucketExists(this.#s3, this.#stacks);
  }

  async locks(): Promise<readonly HeldLock[]> {
    const store = new StateStore(this.#s3);
    const held = await Promise.all(this.#stacks.map(async (stack) => [stack.name, await store.lock(stack)] as const));
    return held.flatMap(([stack, lock]) =>
      lock ? [{ stack, who: lock.Who, operation: lock.Operation, since: lock.Created, id: lock.ID }] : [],
    );
  }

  async leftBehind(): Promise<readonly LeftBehind[]> {
    const known = new Set(this.#stacks.map((stack) => stateLocationOf(stack).key));
    const prefixes = new Set([...known].map((key) => key.slice(0, key.lastIndexOf("/") + 1)));
    const found = await Promise.all([...prefixes].map((prefix) => this.#statesBelow(prefix)));
    const others = found.flat().filter(({ key }) => !known.has(key));
    const counted = await Promise.all(
      others.map(async (one) => ({ stack: one.stack, resources: await this.#count(one.key) })),
    );
    return counted.filter(({ resources }) => resources > 0);
  }

  async #statesBelow(prefix: string): Promise<{ readonly key: string; readonly stack: string }[]> {
    const { Contents = [] } = await this.#s3.send(new ListObjectsV2Command({ Bucket: this.bucket, Prefix: prefix }));
    return Contents.map(({ Key = "" }) => Key)
      .filter((key) => key.endsWith(".tfstate"))
      .map((key) => ({ key, stack: key.slice(prefix.length, -".tfstate".length) }));
  }

  async #count(key: string): Promise<number> {
    const { Body } = await this.#s3.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
    const { resources = [] } = JSON.parse((await Body?.transformToString()) || "{}") as Partial<State>;
    return resources.filter(({ mode }) => mode === "managed").length;
  }
}
