/** The lock of a stack's state. */
export interface StateLock {
  readonly stack: string;
  /** User and machine. */
  readonly who: string;
  readonly operation: string;
  /** ISO 8601. */
  readonly since: string;
  readonly id: string;
}

/** A stack that is no longer part of the environment but still has resources. */
export interface OrphanedStack {
  readonly stack: string;
  readonly resources: number;
}

/** The Terraform states of an environment as a whole. */
export interface States {
  readonly bucket: string;
  exists(): Promise<boolean>;
  locks(): Promise<readonly StateLock[]>;
  orphanedStacks(): Promise<readonly OrphanedStack[]>;
}
