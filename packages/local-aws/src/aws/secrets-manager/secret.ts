import { AwsError } from "../../runtime/error.ts";

export interface SecretVersion {
  readonly versionId: string;
  readonly secretString?: string | undefined;
  /** Base64. */
  readonly secretBinary?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Staging labels: `AWSCURRENT`, `AWSPREVIOUS`, or custom ones. */
  readonly stages: readonly string[];
}

export interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly description: string;
  readonly kmsKeyId: string | undefined;
  readonly policy: string;
  readonly tags: Readonly<Record<string, string>>;
  /** The service that owns it (`rds`). */
  readonly owningService?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Milliseconds since the epoch. */
  readonly changedAt: number;
  /** Milliseconds since the epoch; set while the secret is scheduled for deletion and can be restored. */
  readonly deletionAt?: number | undefined;
  readonly versions: readonly SecretVersion[];
}

export interface SecretValue {
  readonly secretString?: string | undefined;
  /** Base64. */
  readonly secretBinary?: string | undefined;
}

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html */
const MAX_VALUE_BYTES = 65_536;
const MAX_VERSIONS = 100;

/**
 * Returns the secret with a new version. The stages move to it from the versions that have them, and the version that
 * loses `AWSCURRENT` becomes `AWSPREVIOUS`.
 *
 * @param now milliseconds since the epoch.
 * @throws AwsError `InvalidParameterException` for an empty value, or one of more than 64 KiB.
 */
export function withVersion(
  secret: Secret,
  versionId: string,
  value: SecretValue,
  now: number,
  stages: readonly string[] = ["AWSCURRENT"],
): Secret {
  checkValue(value);
  const version = { versionId, ...value, createdAt: now, stages: [] };
  const versions = [...secret.versions, version];
  const moved = stages.reduce(
    (changed, stage) => moveStage(changed, stage, versionId),
    versions as readonly SecretVersion[],
  );
  return { ...secret, changedAt: now, versions: withoutOldest(moved) };
}

/** Moves a stage to a version, or removes it when `toVersionId` is undefined. At most one version has each stage. */
export function moveStage(
  versions: readonly SecretVersion[],
  stage: string,
  toVersionId: string | undefined,
): SecretVersion[] {
  const from = versions.find(({ stages }) => stages.includes(stage));
  const moved = versions.map((version) => {
    const others = version.stages.filter((other) => other !== stage);
    return { ...version, stages: version.versionId === toVersionId ? [stage, ...others] : others };
  });
  return stage === "AWSCURRENT" && from && from.versionId !== toVersionId
    ? moveStage(moved, "AWSPREVIOUS", from.versionId)
    : moved;
}

/**
 * Finds a version by ID, stage or both; the default is the current version.
 *
 * @throws AwsError `ResourceNotFoundException`.
 */
export function versionOf(secret: Secret, wanted: { versionId?: string; stage?: string }): SecretVersion {
  const { versionId, stage = versionId === undefined ? "AWSCURRENT" : undefined } = wanted;
  const version = secret.versions.find(
    (candidate) =>
      (versionId === undefined || candidate.versionId === versionId) &&
      (stage === undefined || candidate.stages.includes(stage)),
  );
  if (version) return version;
  const description = versionId === undefined ? `staging label: ${stage}` : `VersionId: ${versionId}`;
  throw new AwsError(
    "ResourceNotFoundException",
    `Secrets Manager can't find the specified secret value for ${description}`,
  );
}

function checkValue({ secretString, secretBinary }: SecretValue): void {
  const bytes = Buffer.byteLength(secretString ?? "") + Buffer.byteLength(secretBinary ?? "", "base64");
  if (bytes === 0 || bytes > MAX_VALUE_BYTES) {
    throw new AwsError(
      "InvalidParameterException",
      `The secret value must have between 1 and ${MAX_VALUE_BYTES} bytes.`,
    );
  }
}

/** Versions without a stage are deprecated. Removes the oldest of them when there are too many versions. */
function withoutOldest(versions: readonly SecretVersion[]): SecretVersion[] {
  const surplus = versions.length - MAX_VERSIONS;
  const deprecated = versions.filter(({ stages }) => stages.length === 0).slice(0, Math.max(surplus, 0));
  return versions.filter((version) => !deprecated.includes(version));
}
