/** Where services write logs: CloudWatch Logs, seen from inside. */
export interface LogSink {
  /** Appends events, making the group and the stream when they do not exist (as Lambda's service role may). */
  write(group: string, stream: string, messages: readonly string[]): void;
}
