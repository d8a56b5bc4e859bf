export interface ClusterInput {
  /** Name or ARN. */
  readonly cluster?: string;
}
