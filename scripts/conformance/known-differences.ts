/** Where the local provider answers otherwise than the real one with the emulator, and rightly so. One that is no longer met fails the run. */
export interface KnownDifference {
  readonly type: string;
  readonly attributes: readonly string[];
  readonly reason: string;
}

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [];
