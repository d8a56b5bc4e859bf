import { type ChildProcess, spawn as spawnProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { clientEnvironment } from "@nv-demo/local-aws";
import type { PluginMirror } from "@nv-demo/local-aws/schema";
import type { Deployment } from "../tools/deploy/deploy.ts";
import type { Progress } from "../tools/deploy/progress.ts";
import { stateBucketExists } from "../tools/deploy/state-bucket.ts";
import { type Spawn, Terraform } from "../tools/deploy/terraform.ts";
import type { Stack } from "../tools/synth/manifest.ts";
import { Emulator } from "./emulator.ts";
import { ProviderPool } from "./provider-pool.ts";

/** Stacks at work at the same time. Nearly all of their time the provider waits, by the clock, for AWS to have become consistent. */
const PARALLELISM = 6;

/** No command may take longer: the longest good one waits three minutes for a database, and a bad one for what the emulator never comes to. */
const COMMAND_LIMIT_MS = 480_000;

/** From when it is asked to stop until it is made to. */
const LAST_CHANCE_MS = 30_000;

/** An account of the emulator, with real Terraform and the real provider to deploy to it. */
export class EmulatedAccount {
  readonly s3: S3Client;
  readonly #emulator: Emulator;
  readonly #folder: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #providers: ProviderPool;
  readonly #terraforms = new Set<ChildProcess>();

  private constructor(emulator: Emulator, mirror: PluginMirror, folder: string) {
    this.#emulator = emulator;
    this.#folder = folder;
    this.#environment = {
      ...clientEnvironment(emulator),
      NV_DEMO_ENVIRONMENT: "local",
      TF_CLI_CONFIG_FILE: writeMirrorConfiguration(folder, mirror),
    };
    this.s3 = new S3Client({
      endpoint: emulator.endpoint,
      forcePathStyle: true,
      region: "us-east-1",
      credentials: emulator.accessKey,
    });
    this.#providers = new ProviderPool(mirror.executable, this.#environment);
  }

  /** @param folder for what must lie in a file; the caller removes it. */
  static async start(mirror: PluginMirror, folder: string): Promise<EmulatedAccount> {
    return new EmulatedAccount(await Emulator.start(), mirror, folder);
  }

  /** @param spawn starts Terraform; for a caller that will do something to it. */
  terraform(spawn: Spawn = spawnProcess): Terraform {
    return new Terraform(this.#environment, this.#providers.attach, (command, args, options) => {
      const child = spawn(command, args, options);
      this.#terraforms.add(child);
      const limits = [
        setTimeout(() => child.kill("SIGINT"), COMMAND_LIMIT_MS),
        setTimeout(() => child.kill("SIGKILL"), COMMAND_LIMIT_MS + LAST_CHANCE_MS),
      ];
      child.on("close", () => {
        for (const limit of limits) clearTimeout(limit);
        this.#terraforms.delete(child);
      });
      return child;
    });
  }

  deployment(stacks: readonly Stack[], progress: Progress): Deployment {
    return {
      stacks,
      progress,
      terraform: this.terraform(),
      parallelism: PARALLELISM,
      bootstrapState: join(this.#folder, "bootstrap.tfstate"),
      stateBucketExists: () => stateBucketExists(this.s3, stacks),
    };
  }

  /** At once, whatever runs: nothing of it is to be kept. */
  stop(): void {
    for (const child of this.#terraforms) child.kill("SIGKILL");
    this.#providers.stop();
    this.#emulator.stop();
  }
}

/** https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror */
function writeMirrorConfiguration(folder: string, { path }: PluginMirror): string {
  const file = join(folder, "terraform.tfrc");
  const mirror = `  filesystem_mirror {\n    path = ${JSON.stringify(path)}\n  }`;
  writeFileSync(file, `provider_installation {\n${mirror}\n}\n`);
  return file;
}
