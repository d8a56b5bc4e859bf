/** A failure that can be injected into the local AWS temporarily, to test how its clients handle it. */
export interface Fault {
  begin(): Promise<void> | void;
  end(): Promise<void> | void;
}

/** The faults that the local AWS can inject into itself. */
export interface BuiltInFaults {
  /**
   * S3 responds to requests of roles with `503 SlowDown`. The developer's access key, and therefore Terraform, is not
   * affected.
   */
  readonly s3: Fault;
  /** All RDS instances are stopped. */
  readonly databases: Fault;
  /** All ElastiCache servers are stopped and lose their data. */
  readonly caches: Fault;
}
