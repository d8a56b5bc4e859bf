import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import * as v from "valibot";
import { physicalName } from "../../stacks/base/naming.ts";
import type { EnvironmentData } from "../../stacks/environment/environments.ts";

/** The part of a state file that is read here: https://developer.hashicorp.com/terraform/language/state */
const state = v.object({ outputs: v.record(v.string(), v.object({ value: v.unknown() })) });

/** The outputs of a stack, read from its state in the bucket; those that do not exist are empty. */
export class StackOutputs {
  readonly #values: v.InferOutput<typeof state>["outputs"];

  constructor(values: v.InferOutput<typeof state>["outputs"]) {
    this.#values = values;
  }

  /** Neither Terraform nor a synthesis is needed to read them. */
  static async read(
    client: Pick<S3Client, "send">,
    environment: Pick<EnvironmentData, "name" | "prefix" | "bucketSuffix">,
    stack: string,
  ): Promise<StackOutputs> {
    const Bucket = physicalName(environment, "bucket", "state");
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: `${environment.name}/${stack}.tfstate` }));
      const text = (await Body?.transformToString()) ?? "";
      return new StackOutputs(v.parse(v.pipe(v.string(), v.parseJson(), state), text).outputs);
    } catch (error) {
      if (["NoSuchKey", "NoSuchBucket"].includes((error as Error).name)) return new StackOutputs({});
      throw error;
    }
  }

  text(name: string): string {
    return String(this.#values[name]?.value ?? "");
  }

  list(name: string): string[] {
    return v.parse(v.array(v.string()), this.#values[name]?.value ?? []);
  }

  /** Two outputs that are lists in the same order, as name → value. */
  byName(names: string, values: string): Record<string, string> {
    return Object.fromEntries(this.list(names).map((name, index) => [name, this.list(values)[index] ?? ""]));
  }
}
