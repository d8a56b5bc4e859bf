/** An event for one target that is not delivered yet. */
export interface Delivery {
  readonly id: string;
  readonly targetArn: string;
  readonly event: object;
  /** Milliseconds since the epoch. */
  readonly created: number;
}
