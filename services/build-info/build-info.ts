/** The commit that a bundle was built from. */
export interface BuildInfo {
  /** The version control system; `none` when the files had no history. */
  readonly type: "git" | "none";
  /** The first seven digits of `long`. */
  readonly short: string;
  readonly long: string;
  /** The commit time: RFC 3339, in UTC. */
  readonly time: string;
  /** Whether the files differed from the commit. */
  readonly modified: boolean;
}
