export type Recipient = "Slack" | "PagerDuty";

/** A message was not delivered. Neither the message nor a cause contains the address, which is a credential. */
export class DeliveryError extends Error {
  override readonly name = "DeliveryError";
  readonly code: "Rejected" | "RateLimited" | "Failed" | "Unreachable" | "TimedOut";
  /** In seconds; when the recipient asked to wait for longer than one invocation may. */
  readonly retryAfter: number | undefined;

  constructor(code: DeliveryError["code"], message: string, retryAfter?: number) {
    super(message);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}
