/** A running server of the DynamoDB protocol. */
export interface EngineServer {
  /** Resolves when the server has ended, by itself or by {@link stop}. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}
