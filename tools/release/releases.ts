import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { openDynamoDb } from "../../lib/aws/dynamodb.ts";
import { LambdaAliases, type Stage } from "../../lib/releases/lambda-aliases.ts";
import { canary, promotion, prunable, type Release, ReleaseError, rollback } from "../../lib/releases/release.ts";
import { ReleaseHistory } from "../../lib/releases/release-history.ts";
import { physicalName } from "../../stacks/base/naming.ts";
import type { Environment } from "../../stacks/environment/environment.ts";
import { accessOf } from "../aws/aws-access.ts";
import type { Aws } from "../aws/open-aws.ts";
import { didYouMean } from "../command-line/closest-match.ts";
import { LambdaVersions, type Version } from "./lambda-versions.ts";

export interface StageStatus extends Stage {
  readonly follows: "newest" | "releases";
  /** The state of its alarm. */
  readonly alarm: string;
}

export interface Status {
  /** In the order in which a version is promoted. */
  readonly stages: readonly StageStatus[];
  /** The oldest first. */
  readonly versions: readonly Version[];
}

/** Moves the stages of the Releases system, and records each release. */
export class Releases {
  readonly #environment: Environment;
  readonly #caller: string;
  readonly #aliases: LambdaAliases;
  readonly #versions: LambdaVersions;
  readonly #history: ReleaseHistory;
  readonly #alarms: CloudWatchClient;
  readonly #now: () => Date;

  constructor({ environment, client, caller }: Aws, now: () => Date = () => new Date()) {
    this.#environment = environment;
    this.#caller = caller;
    const functionName = physicalName(environment, "function", "build-info");
    const access = accessOf(client);
    this.#aliases = new LambdaAliases(access, functionName);
    this.#versions = new LambdaVersions(new LambdaClient(client), functionName);
    this.#history = new ReleaseHistory(openDynamoDb(access), physicalName(environment, "table", "releases"));
    this.#alarms = new CloudWatchClient(client);
    this.#now = now;
  }

  async status(): Promise<Status> {
    const names = Object.keys(this.#environment.releases.stages);
    const alarmNames = new Map(names.map((name) => [this.#alarmName(name), name]));
    const [stages, versions, { MetricAlarms = [] }] = await Promise.all([
      Promise.all(names.map((name) => this.#aliases.stage(name))),
      this.#versions.list(),
      this.#alarms.send(new DescribeAlarmsCommand({ AlarmNames: [...alarmNames.keys()] })),
    ]);
    const alarms = new Map(
      MetricAlarms.map(({ AlarmName = "", StateValue = "" }) => [alarmNames.get(AlarmName), StateValue]),
    );
    return {
      versions,
      stages: stages.map((stage) => ({
        ...stage,
        follows: this.#environment.releases.stages[stage.name]?.follows ?? "releases",
        alarm: alarms.get(stage.name) ?? "INSUFFICIENT_DATA",
      })),
    };
  }

  history(stage: string): Promise<Release[]> {
    this.#requireStage(stage);
    return this.#history.of(stage);
  }

  /**
   * Serves all requests of a stage with a version; default: that of its canary, otherwise that of the previous stage.
   */
  async promote(name: string, version?: string): Promise<Release> {
    const { stage, before, published } = await this.#requireMovable(name);
    const { serving } = stage;
    const chosen = version ?? serving.canary?.version ?? before?.serving.version;
    if (chosen === undefined)
      throw new ReleaseError("NotPublished", `There is no stage before ${name}: specify a version.`);
    return this.#move("promote", stage, promotion(serving, chosen, published));
  }

  /**
   * Serves a share of the requests of a stage with a version; default: that of its canary, otherwise that of the
   * previous stage.
   */
  async canary(name: string, weight: number, version?: string): Promise<Release> {
    const { stage, before, published } = await this.#requireMovable(name);
    if (stage.alarm === "ALARM") {
      // An alarm that is already in ALARM state cannot trigger a rollback of the canary.
      throw new ReleaseError("AlarmIsOn", `The alarm ${this.#alarmName(name)} is in ALARM state. Wait until it is OK.`);
    }
    const chosen = version ?? stage.serving.canary?.version ?? before?.serving.version;
    if (chosen === undefined)
      throw new ReleaseError("NotPublished", `There is no stage before ${name}: specify a version.`);
    return this.#move("canary", stage, canary(stage.serving, chosen, weight, published));
  }

  async rollback(name: string, version?: string): Promise<Release> {
    const { stage, published } = await this.#requireMovable(name);
    const history = await this.#history.of(name);
    return this.#move("rollback", stage, rollback(stage.serving, history, published, version));
  }

  /** Publishes a version with a deployment package. @returns its number. */
  publish(zip: Uint8Array): Promise<string> {
    return this.#versions.publish(zip);
  }

  /** Deletes the versions that no stage serves or would return to. @returns their numbers. */
  async prune(keep: number): Promise<string[]> {
    const { stages, versions } = await this.status();
    const used = await Promise.all(
      stages.map(async ({ name, serving }) => ({ serving, history: await this.#history.of(name) })),
    );
    const numbers = versions.map(({ number }) => number);
    const spare = prunable(numbers, used, Math.max(keep, 1)); // Terraform manages the newest.
    for (const number of spare) await this.#versions.delete(number);
    return spare;
  }

  async #requireMovable(name: string) {
    this.#requireStage(name);
    const { stages, versions } = await this.status();
    const index = stages.findIndex((stage) => stage.name === name);
    const stage = stages[index];
    if (!stage || stage.follows === "newest") {
      throw new ReleaseError("FollowsNewest", `${name} follows the newest version: only a deployment moves it.`);
    }
    return { stage, before: stages[index - 1], published: versions.map(({ number }) => number) };
  }

  async #move(action: Release["action"], stage: Stage, to: Release["to"]): Promise<Release> {
    await this.#aliases.serve(stage, to);
    const release: Release = {
      stage: stage.name,
      at: this.#now().toISOString(),
      action,
      from: stage.serving,
      to,
      by: this.#caller,
    };
    await this.#history.add(release);
    return release;
  }

  #requireStage(name: string): void {
    const names = Object.keys(this.#environment.releases.stages);
    if (!names.includes(name)) {
      throw new ReleaseError(
        "UnknownStage",
        `There is no stage "${name}".${didYouMean(name, names) || ` There are ${names.join(", ")}.`}`,
      );
    }
  }

  #alarmName(stage: string): string {
    return physicalName(this.#environment, "alarm", `releases-${stage}-errors`);
  }
}
