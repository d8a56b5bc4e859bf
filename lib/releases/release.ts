/** What a stage serves: one version, and beside it perhaps another that a share of its requests tries out. */
export interface Serving {
  readonly version: string;
  readonly canary?: Canary;
}

export interface Canary {
  readonly version: string;
  /** Share of the requests, more than 0 and less than 1. */
  readonly weight: number;
}

/** A change of what a stage serves, as it is remembered. */
export interface Release {
  readonly stage: string;
  /** In UTC, RFC 3339. */
  readonly at: string;
  readonly action: "promote" | "canary" | "rollback";
  readonly from: Serving;
  readonly to: Serving;
  /** Who did it: an ARN, or the name of the alarm that made it happen. */
  readonly by: string;
}

/** What cannot be released, and why. */
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

/** All requests of a stage to one version. */
export function promotion(current: Serving, version: string, published: readonly string[]): Serving {
  requirePublished(version, published);
  if (current.version === version && !current.canary) {
    throw new ReleaseError("NothingToDo", `Version ${version} is what the stage serves already.`);
  }
  return { version };
}

/**
 * A share of a stage's requests to another version. Both are numbered: `$LATEST` may change at any moment, and AWS gives no share to it
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html).
 */
export function canary(current: Serving, version: string, weight: number, published: readonly string[]): Serving {
  requirePublished(current.version, published);
  requirePublished(version, published);
  if (!(weight > 0 && weight < 1))
    throw new ReleaseError("BadWeight", "The weight is more than 0 and less than 100 percent.");
  if (current.version === version) {
    throw new ReleaseError("NothingToDo", `Version ${version} is what the stage serves already.`);
  }
  return { version: current.version, canary: { version, weight } };
}

/**
 * Back to what a stage served before: out of a canary at first, then one version back with each call, or at once to the version that is
 * named.
 *
 * @param history of this stage, the oldest first.
 */
export function rollback(
  current: Serving,
  history: readonly Release[],
  published: readonly string[],
  version?: string,
): Serving {
  if (version !== undefined) return promotion(current, version, published);
  if (current.canary) return { version: current.version };
  const earlier = versionsBefore(current.version, history).findLast((known) => published.includes(known));
  if (earlier === undefined) {
    throw new ReleaseError(
      "NoEarlierVersion",
      "No earlier version of this stage is known. Name the version to go back to.",
    );
  }
  return { version: earlier };
}

/**
 * The versions that can be spared: neither served nor tried by a stage, nor what a stage would go back to, nor among the newest.
 *
 * @param published in the order of their numbers, the oldest first.
 * @param keep how many of the newest stay.
 */
export function prunable(
  published: readonly string[],
  stages: readonly { readonly serving: Serving; readonly history: readonly Release[] }[],
  keep: number,
): string[] {
  const spared = stages.flatMap(({ serving, history }) => [
    serving.version,
    serving.canary?.version,
    versionsBefore(serving.version, history).at(-1),
  ]);
  return published.slice(0, Math.max(0, published.length - keep)).filter((version) => !spared.includes(version));
}

/** The versions that led to the present one, without those that were taken back. */
function versionsBefore(current: string, history: readonly Release[]): string[] {
  const path: string[] = [];
  for (const { action, from, to } of history) {
    if (path.length === 0) path.push(from.version);
    if (to.version === path.at(-1)) continue; // a canary that came or went
    const known = path.lastIndexOf(to.version);
    if (action === "rollback" && known >= 0) path.length = known + 1;
    else path.push(to.version);
  }
  // what somebody moved by other means is after all that is known
  return path.at(-1) === current ? path.slice(0, -1) : path;
}

function requirePublished(version: string, published: readonly string[]): void {
  if (published.includes(version)) return;
  throw new ReleaseError(
    "NotPublished",
    `There is no published version ${version}; there are ${published.join(", ")}.`,
  );
}
