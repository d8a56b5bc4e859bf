import { type ChildProcess, spawn as spawnProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { clientEnvironment } from "@nv-demo/local-aws";
import type { PluginMirror } from "@nv-demo/local-aws/schema";
import type { Deployment } from "../tools/deploy/deploy.ts";
import type { Progress } from "../tools/deploy/progress.ts";
import { stateBucketExists } from "../tools/deploy/state-bucket.ts";
import type { Stack } from "../tools/synth/manifest.ts";
import { type Spawn, Terraform } from "../tools/terraform/terraform.ts";
import { Emulator } from "./emulator.ts";
import { ProviderPool } from "./provider-pool.ts";

/**
 * Stacks that are applied at the same time. The provider spends most of the time waiting for AWS to become consistent.
 */
const PARALLELISM = 6;

/**
 * Timeout of a command in milliseconds: a database takes three minutes, and the provider may wait for a state that the
 * emulator never reaches.
 */
const COMMAND_LIMIT_MS = 480_000;

/** Milliseconds between SIGINT and SIGKILL. */
const KILL_DELAY_MS = 30_000;

/** An account of the emulator, and Terraform with the real provider to deploy to it. */
export class EmulatedAccount {
  readonly s3: S3Client;
  readonly #emulator: Emulator;
  readonly #folder: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #providers: ProviderPool;
  readonly #onCommandEnd: () => void;
  readonly #terraforms = new Set<ChildProcess>();

  private constructor(emulator: Emulator, mirror: PluginMirror, folder: string, onCommandEnd: () => void) {
    this.#emulator = emulator;
    this.#folder = folder;
    this.#onCommandEnd = onCommandEnd;
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

  /**
   * @param folder for configuration and the bootstrap state; the caller removes it.
   * @param onCommandEnd called after every Terraform command.
   */
  static async start(mirror: PluginMirror, folder: string, onCommandEnd: () => void): Promise<EmulatedAccount> {
    return new EmulatedAccount(await Emulator.start(), mirror, folder, onCommandEnd);
  }

  /** @param spawn starts the process, for callers that need access to it. */
  terraform(spawn: Spawn = spawnProcess): Terraform {
    return new Terraform(this.#environment, this.#providers.attach, (command, args, options) => {
      const child = spawn(command, args, options);
      this.#terraforms.add(child);
      const limits = [
        setTimeout(() => child.kill("SIGINT"), COMMAND_LIMIT_MS),
        setTimeout(() => child.kill("SIGKILL"), COMMAND_LIMIT_MS + KILL_DELAY_MS),
      ];
      child.on("close", () => {
        for (const limit of limits) clearTimeout(limit);
        this.#terraforms.delete(child);
        this.#onCommandEnd();
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

  /** Kills all processes. */
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
