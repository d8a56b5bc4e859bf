import { join, relative } from "node:path";
import pLimit from "p-limit";
import { buildVariable } from "../bundle/build-variable.ts";
import { readBuildInfo } from "../bundle/read-build-info.ts";
import { readBundleHashes } from "../bundle/receipt.ts";
import { CommandError } from "../command-line/errors.ts";
import { isInterrupted } from "../command-line/interruption.ts";
import { outputDirectory } from "../paths/output-directory.ts";
import { ROOT } from "../paths/root.ts";
import type { Stack } from "../synth/manifest.ts";
import { synthesize } from "../synth/synthesize.ts";
import { stopWhenInterrupted } from "../target/stop-when-interrupted.ts";
import type { Target } from "../target/target.ts";
import { ChangeQueue, type Changes } from "./change-queue.ts";
import { type Confirm, deployChanges } from "./deploy-changes.ts";
import { PlannedStacks } from "./planned-stacks.ts";
import type { SourceWatcher } from "./source-watcher.ts";
import { watchReport } from "./watch-report.ts";

export interface WatchOptions {
  readonly watcher: SourceWatcher;
  /** The stacks that are deployed. */
  readonly deployed: readonly Stack[];
  /** Where stacks are deployed to. */
  readonly openTarget: (stacks: readonly Stack[]) => Target;
  /** Runs work while nothing else is deployed. */
  readonly exclusively: (work: () => Promise<void>) => Promise<void>;
  /**
   * Asks whether to apply the plan that was printed, which destroys resources. Returns undefined when the question is
   * superseded before it is answered.
   */
  readonly confirm: (superseded: AbortSignal) => Promise<boolean | undefined>;
  readonly print: (text: string) => void;
  /** Called when something was applied. */
  readonly onApplied: () => Promise<void>;
}

/** Deploys every change of the sources. What fails is shown, and what was deployed before keeps running. */
export class Watch {
  readonly #options: WatchOptions;
  readonly #queue: ChangeQueue;
  #planned: PlannedStacks;
  /** Service → hash of its bundle, after the last run. */
  #hashes: ReadonlyMap<string, string> = new Map();
  /** Stacks whose plan the user did not want to apply. */
  readonly #declined = new Set<string>();
  /** The commit of the last complete deployment. */
  #variables: Readonly<Record<string, string>> = {};

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#planned = new PlannedStacks(options.deployed);
    this.#queue = new ChangeQueue({
      run: (changes) => options.exclusively(() => this.#run(changes)),
    });
  }

  async start(): Promise<void> {
    const { watcher, print } = this.#options;
    await this.#readBundles();
    watcher.start(
      (path) => this.#queue.add(path),
      (error) => print(`Not all files can be watched: ${error.message}`),
    );
    await watcher.ready();
    print("Watching services/, lib/ and stacks/: what you save is deployed.");
  }

  /** All stacks were deployed otherwise. Call within `exclusively`. */
  async redeployed(stacks: readonly Stack[], succeeded: boolean): Promise<void> {
    this.#planned = new PlannedStacks(stacks);
    if (succeeded) this.#declined.clear();
    else for (const { name } of stacks) this.#planned.forget(name);
    await this.#readBundles();
  }

  async #readBundles(): Promise<void> {
    this.#hashes = await readBundleHashes(bundleFolder());
    this.#variables = buildVariable(await readBuildInfo(ROOT));
  }

  /** Resolves when the current run has ended. */
  async close(): Promise<void> {
    await this.#options.watcher.close();
    await this.#queue.close();
  }

  async #run(changes: Changes): Promise<void> {
    try {
      await this.#deploy(changes);
    } catch (error) {
      if (isInterrupted()) return;
      // A defect in the code of the stacks must not end the deployment.
      console.error(error instanceof CommandError ? error.message : error);
      this.#options.print("Nothing was deployed; the deployment runs as before. The next save tries again.");
    }
  }

  async #deploy({ paths, since, superseded }: Changes): Promise<void> {
    const { openTarget, print, onApplied } = this.#options;
    const stacks = await synthesize({ variables: { NV_DEMO_ENVIRONMENT: "local", ...this.#variables } });
    const { changed, removed } = this.#planned.compare(stacks);
    const target = openTarget(stacks);
    const dismiss = stopWhenInterrupted(target.terraform);
    const results = await deployChanges(target, changed, this.#planned, this.#confirm(superseded)).finally(dismiss);
    if (isInterrupted()) return;
    const milliseconds = performance.now() - since;
    const isComplete = [...results.values()].every(({ outcome }) => outcome === "done");
    const services = await this.#changedServices();
    const waiting = [...this.#declined].filter((name) => !results.has(name));
    for (const [name, { outcome }] of results) {
      if (outcome === "declined") this.#declined.add(name);
      else if (outcome === "done") this.#declined.delete(name);
    }
    const output = relative(ROOT, outputDirectory());
    const bundled = isComplete ? services : [];
    const report = watchReport({ paths, services: bundled, results, waiting, removed, output, milliseconds });
    if (report !== "") print(report);
    if ([...results.values()].some(({ outcome }) => outcome === "done")) await onApplied();
  }

  /** One question at a time: stacks are planned in parallel. */
  #confirm(superseded: AbortSignal): Confirm {
    const { print, confirm } = this.#options;
    const oneAtATime = pLimit(1);
    return (stack, destroyed) =>
      oneAtATime(async () => {
        if (superseded.aborted) return undefined;
        print([`${stack} would destroy:`, ...destroyed.map((address) => `  ${address}`)].join("\n"));
        return confirm(superseded);
      });
  }

  /** The services whose bundle differs from that of the last run. */
  async #changedServices(): Promise<readonly string[]> {
    const before = this.#hashes;
    this.#hashes = await readBundleHashes(bundleFolder());
    return [...this.#hashes].filter(([name, hash]) => before.get(name) !== hash).map(([name]) => name);
  }
}

function bundleFolder(): string {
  return join(outputDirectory(), "bundles");
}
