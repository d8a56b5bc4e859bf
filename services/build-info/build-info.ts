/** The commit that a bundle was built from. */
export interface BuildInfo {
  /** The system that keeps the history; `none` when there was no history to be asked. */
  readonly type: "git" | "none";
  /** First seven digits of `long`. */
  readonly short: string;
  readonly long: string;
  /** When it was committed, in UTC: RFC 3339. */
  readonly time: string;
  /** Whether the files were others than the commit's. */
  readonly modified: boolean;
}
