/** The part of CloudWatch Logs that other services use. */
export interface LogSink {
  /** Appends events. Creates the group and the stream if they do not exist, as Lambda's service role may. */
  write(group: string, stream: string, messages: readonly string[]): void;
}
