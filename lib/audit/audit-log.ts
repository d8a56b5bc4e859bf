import type { Log } from "../log/log.ts";

/** A change, or a refused attempt at one. It never contains a password, a key's value or the content of a file. */
export interface AuditEvent {
  /**
   * The user who made the change; the operating system's user for a command of an operator. {@link NOBODY} for an
   * attempt without a sign-in.
   */
  readonly who: string;
  /** What was changed, such as `upload-file` or `grant`. */
  readonly action: string;
  /** The key or prefix of files, the user, or the access key that was changed. */
  readonly target: string;
  /** Other facts, such as the role of a grant. */
  readonly details?: Readonly<Record<string, string | number>>;
  /** The client's address; `command` for a command of an operator. */
  readonly from: string;
  readonly outcome: "succeeded" | "denied" | "failed";
  /** The stable code of a denial or failure. */
  readonly code?: string;
  /** The request ID, with which the other log entries of the request are found. */
  readonly requestId?: string;
}

/** As in the access logs of web servers. No user can have this name. */
export const NOBODY = "-";

/** Records changes, which are kept for a year. */
export interface AuditLog {
  record(event: AuditEvent): Promise<void>;
}

/**
 * The audit log of a function: an entry of its log with the member `audit`. A subscription filter copies these entries
 * to the log group of the audit log, so that a function without internet access needs no endpoint of CloudWatch Logs.
 */
export class FunctionAuditLog implements AuditLog {
  readonly #log: Pick<Log, "info">;

  constructor(log: Pick<Log, "info">) {
    this.#log = log;
  }

  async record(event: AuditEvent): Promise<void> {
    this.#log.info("Audit", { audit: event });
  }
}
