import type { LocalAws } from "@nv-demo/local-aws";
import { CommandError } from "../command-line/errors.ts";
import { aborted, interrupt, interruption, isInterrupted } from "../command-line/interruption.ts";
import { Steps } from "../command-line/terminal/steps.ts";
import { openTerminal, type Terminal } from "../command-line/terminal/terminal.ts";
import type { Stack } from "../synth/manifest.ts";
import { synthesizeWithSteps } from "../synth/synthesis-steps.ts";
import { localTarget } from "../target/local-target.ts";
import type { SourceWatcher } from "../watch/source-watcher.ts";
import { Watch } from "../watch/watch.ts";
import { dashboardContent } from "./dashboard-content.ts";
import { deployLocally } from "./deploy-locally.ts";
import { Keyboard } from "./keyboard.ts";
import { type LocalEndpoints, readLocalEndpoints } from "./local-endpoints.ts";
import { openInBrowser } from "./open-in-browser.ts";
import type { RequestLog } from "./request-log.ts";
import { helpText, type WelcomeOptions, welcomeText } from "./welcome.ts";

export interface SessionOptions {
  readonly aws: LocalAws;
  readonly log: RequestLog;
  readonly endpoints: LocalEndpoints;
  /** The stacks that are deployed. */
  readonly stacks: readonly Stack[];
  /** Finds changed files, which are deployed; undefined for none. */
  readonly watcher: SourceWatcher | undefined;
  /** Prints the addresses as one line of JSON, and reads no keys. */
  readonly json: boolean;
}

/** A running deployment and its terminal: the addresses, the requests, and the keys. */
export class Session {
  readonly #aws: LocalAws;
  readonly #log: RequestLog;
  readonly #json: boolean;
  readonly #terminal: Terminal = openTerminal(process.stdout);
  readonly #keyboard: Keyboard;
  readonly #watch: Watch | undefined;
  #endpoints: LocalEndpoints;
  /** The last deployment, which may be running. */
  #deployment: Promise<void> = Promise.resolve();
  #isRedeploying = false;

  constructor({ aws, log, endpoints, stacks, watcher, json }: SessionOptions) {
    this.#aws = aws;
    this.#log = log;
    this.#endpoints = endpoints;
    this.#json = json;
    this.#keyboard = new Keyboard({
      input: process.stdin,
      onInterrupt: interrupt,
      actions: {
        h: () => this.#print(helpText(this.#welcome())),
        l: () => this.#toggleLog(),
        o: () => void this.#open(),
        r: () => this.#startRedeployment(),
        q: interrupt,
      },
    });
    this.#watch =
      watcher &&
      new Watch({
        watcher,
        deployed: stacks,
        openTarget: (changed) => localTarget(aws, changed),
        exclusively: (work) => this.#exclusively(work),
        confirm: (superseded) => this.#confirm(superseded),
        print: console.error, // Like the progress of a deployment.
        onApplied: () => this.#readEndpoints().catch((error) => console.error(error)),
      });
  }

  /** Prints the addresses, and reads keys until the deployment is interrupted. */
  async run(interrupted: AbortSignal): Promise<void> {
    if (!this.#json && this.#terminal.isLive) this.#keyboard.start();
    try {
      await this.#watch?.start();
      this.#print(this.#json ? JSON.stringify(this.#endpoints) : welcomeText(this.#welcome()));
      this.#log.release();
      await aborted(interrupted);
      await this.#watch?.close();
      await this.#deployment;
      if (!this.#json) this.#print("Stopping …");
    } finally {
      this.#keyboard.stop();
    }
  }

  async #readEndpoints(): Promise<void> {
    this.#endpoints = await readLocalEndpoints(this.#aws);
    this.#aws.setDashboard(dashboardContent(this.#endpoints));
  }

  #welcome(): WelcomeOptions {
    return {
      endpoints: this.#endpoints,
      dashboardUrl: this.#aws.dashboardUrl,
      terminal: this.#terminal,
      hasKeys: this.#keyboard.isActive,
    };
  }

  #print(text: string): void {
    this.#terminal.write(`${text}\n`);
  }

  #toggleLog(): void {
    this.#log.isEnabled = !this.#log.isEnabled;
    this.#print(this.#log.isEnabled ? "Requests and errors are printed." : "Requests and errors are not printed.");
  }

  async #open(): Promise<void> {
    const url = this.#aws.dashboardUrl ?? this.#endpoints.sumUrl;
    const opened = await openInBrowser(url);
    this.#print(opened ? `Opening ${url}` : `No program to open a browser was found. Open ${url}`);
  }

  /** Asks for a single key; where none are read, the answer is no. */
  async #confirm(superseded: AbortSignal): Promise<boolean | undefined> {
    if (!this.#keyboard.isActive) return false;
    this.#log.hold();
    this.#terminal.write("Apply it? [y/N] ");
    const key = await this.#keyboard.nextKey(AbortSignal.any([superseded, interruption()]));
    this.#print(key === undefined ? "" : key === "y" ? "yes" : "no");
    this.#log.release();
    return key === undefined ? undefined : key === "y";
  }

  /** Deploys one thing at a time. */
  #exclusively(work: () => Promise<void>): Promise<void> {
    this.#deployment = this.#deployment.then(work);
    return this.#deployment;
  }

  #startRedeployment(): void {
    if (this.#isRedeploying) return;
    this.#isRedeploying = true;
    void this.#exclusively(() => {
      this.#log.hold();
      return this.#redeploy();
    }).finally(() => {
      this.#isRedeploying = false;
      this.#log.release();
    });
  }

  /** Whatever fails, what was deployed before keeps running. */
  async #redeploy(): Promise<void> {
    const steps = new Steps(openTerminal(process.stderr));
    try {
      const stacks = await synthesizeWithSteps(steps).finally(() => steps.close());
      const succeeded = await deployLocally(this.#aws, stacks);
      await this.#watch?.redeployed(stacks, succeeded);
      if (succeeded) await this.#readEndpoints();
      else if (!isInterrupted())
        this.#print("Stacks that failed stay as they were deployed before. Press r to try again.");
    } catch (error) {
      // A defect in the code of the stacks or of a command must not end the deployment.
      console.error(error instanceof CommandError ? error.message : error);
      this.#print("Nothing was deployed; the deployment runs as before. Press r to try again.");
    }
  }
}
