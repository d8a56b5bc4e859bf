/** A file on one side, by its path relative to the synchronized folder. */
export interface SyncFile {
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
}

export type SyncFiles = ReadonlyMap<string, SyncFile>;

export interface SyncPlan {
  /** To be transferred from the source, sorted by path. */
  readonly copy: readonly string[];
  /** Only at the destination, sorted by path. */
  readonly remove: readonly string[];
}

/**
 * Compares two sides, like `aws s3 sync`: a file is copied when the destination does not have it, when the sizes
 * differ, or when the source is newer.
 */
export function planSync(source: SyncFiles, destination: SyncFiles): SyncPlan {
  const differs = ([path, file]: readonly [string, SyncFile]): boolean => {
    const other = destination.get(path);
    return other === undefined || other.size !== file.size || file.modified > other.modified;
  };
  return {
    copy: [...source]
      .filter(differs)
      .map(([path]) => path)
      .toSorted(),
    remove: [...destination.keys()].filter((path) => !source.has(path)).toSorted(),
  };
}
