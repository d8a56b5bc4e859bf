import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LocalAws, startLocalAws } from "@nv-demo/local-aws";
import type { PluginMirror } from "@nv-demo/local-aws/schema";
import { EmulatedAccount } from "./emulated-account.ts";
import type { StallDetector } from "./stall-detector.ts";

/** The temporary folder and the processes of a run. Both are removed when this process exits, for whatever reason. */
export class Workspace {
  readonly #folder = mkdtempSync(join(tmpdir(), "nv-demo-conformance-"));
  readonly #accounts: EmulatedAccount[] = [];
  #localAws: LocalAws | undefined;

  constructor() {
    process.on("exit", () => {
      for (const account of this.#accounts) account.stop();
      rmSync(this.#folder, { recursive: true, force: true });
    });
    const interrupt = async () => {
      await this.#localAws?.stop();
      process.exit(130);
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, interrupt);
    process.on("disconnect", interrupt); // The launcher has ended.
  }

  path(...segments: readonly string[]): string {
    return join(this.#folder, ...segments);
  }

  /** Starts an emulator with an empty account. @param name the name of its folder. */
  async startAccount(mirror: PluginMirror, name: string, stalls: StallDetector): Promise<EmulatedAccount> {
    const folder = this.path(name);
    mkdirSync(folder);
    const account = await EmulatedAccount.start(mirror, folder, stalls.reportProgress);
    this.#accounts.push(account);
    return account;
  }

  /** Starts an empty local AWS, and stops it when `use` is done. */
  async withLocalAws<Result>(use: (aws: LocalAws) => Promise<Result>): Promise<Result> {
    this.#localAws = await startLocalAws(this.path("local-aws"));
    try {
      return await use(this.#localAws);
    } finally {
      await this.#localAws.stop();
      this.#localAws = undefined;
    }
  }
}
