/** What a stage serves: one version, and optionally a canary that receives a share of the requests. */
export interface Serving {
  readonly version: string;
  readonly canary?: Canary;
}

export interface Canary {
  readonly version: string;
  /** Share of the requests, greater than 0 and less than 1. */
  readonly weight: number;
}

/** A recorded change of what a stage serves. */
export interface Release {
  readonly stage: string;
  /** RFC 3339, in UTC. */
  readonly at: string;
  readonly action: "promote" | "canary" | "rollback";
  readonly from: Serving;
  readonly to: Serving;
  /** The ARN of the caller, or the name of the alarm that caused the rollback. */
  readonly by: string;
}

/** A release is not possible; `code` is the reason. */
export class ReleaseError extends Error {
  override readonly name = "ReleaseError";
  readonly code:
    | "AlarmIsOn"
    | "BadWeight"
    | "ChangedMeanwhile"
    | "FollowsNewest"
    | "NoEarlierVersion"
    | "NothingToDo"
    | "NotPublished"
    | "UnknownStage";

  constructor(code: ReleaseError["code"], message: string, options: ErrorOptions = {}) {
    super(message, options);
    this.code = code;
  }
}

/** Directs all requests of a stage to one version. */
export function promotion(current: Serving, version: string, published: readonly string[]): Serving {
  requirePublished(version, published);
  if (current.version === version && !current.canary) {
    throw new ReleaseError("NothingToDo", `The stage serves version ${version} already.`);
  }
  return { version };
}

/**
 * Directs a share of a stage's requests to another version. Both must be published: a weighted alias cannot point to
 * `$LATEST` (https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html).
 */
export function canary(current: Serving, version: string, weight: number, published: readonly string[]): Serving {
  requirePublished(current.version, published);
  requirePublished(version, published);
  if (!(weight > 0 && weight < 1))
    throw new ReleaseError("BadWeight", "The weight must be more than 0 and less than 100 percent.");
  if (current.version === version) {
    throw new ReleaseError("NothingToDo", `The stage serves version ${version} already.`);
  }
  return { version: current.version, canary: { version, weight } };
}

/**
 * Returns to what a stage served before: it ends a canary first, then returns to one earlier version with each call. A
 * named version is returned to directly.
 *
 * @param history of this stage, oldest first
 */
export function rollback(
  current: Serving,
  history: readonly Release[],
  published: readonly string[],
  version?: string,
): Serving {
  if (version !== undefined) return promotion(current, version, published);
  if (current.canary) return { version: current.version };
  const earlier = versionsBefore(current.version, history).findLast((candidate) => published.includes(candidate));
  if (earlier === undefined) {
    throw new ReleaseError(
      "NoEarlierVersion",
      "No earlier version of the stage is recorded. Name the version to return to.",
    );
  }
  return { version: earlier };
}

/**
 * The versions that can be deleted: no stage serves them or would return to them, and they are not among the newest.
 *
 * @param published oldest first
 * @param keep how many of the newest versions to keep
 */
export function prunable(
  published: readonly string[],
  stages: readonly { readonly serving: Serving; readonly history: readonly Release[] }[],
  keep: number,
): string[] {
  const needed = stages.flatMap(({ serving, history }) => [
    serving.version,
    serving.canary?.version,
    versionsBefore(serving.version, history).at(-1),
  ]);
  return published.slice(0, Math.max(0, published.length - keep)).filter((version) => !needed.includes(version));
}

/** The versions that a stage served before the current one, without those that were rolled back. */
function versionsBefore(current: string, history: readonly Release[]): string[] {
  const path: string[] = [];
  for (const { action, from, to } of history) {
    if (path.length === 0) path.push(from.version);
    if (to.version === path.at(-1)) continue; // A canary started or ended.
    const index = path.lastIndexOf(to.version);
    if (action === "rollback" && index >= 0) path.length = index + 1;
    else path.push(to.version);
  }
  // A version that was set by other means follows all recorded ones.
  return path.at(-1) === current ? path.slice(0, -1) : path;
}

function requirePublished(version: string, published: readonly string[]): void {
  if (published.includes(version)) return;
  throw new ReleaseError(
    "NotPublished",
    `There is no published version ${version}. Published versions: ${published.join(", ")}.`,
  );
}
