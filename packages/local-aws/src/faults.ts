/** A part of the local AWS that can be taken away for a while, to see how its users cope without it. */
export interface Fault {
  begin(): Promise<void> | void;
  end(): Promise<void> | void;
}

/** The faults that the local AWS can inject into itself. */
export interface BuiltInFaults {
  /** S3 answers requests of roles with `503 SlowDown`. The developer's own key, and so Terraform, is not affected. */
  readonly s3: Fault;
  /** All RDS instances are stopped. */
  readonly databases: Fault;
  /** All ElastiCache servers are stopped and lose their data. */
  readonly caches: Fault;
}
