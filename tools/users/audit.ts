import type { AuditEvent, AuditLog } from "../../lib/audit/audit-log.ts";
import { CommandError } from "../command-line/errors.ts";

/** A change was made, and the audit log does not have it. */
export class AuditLogError extends CommandError {
  override readonly name = "AuditLogError";
  readonly code = "AUDIT_LOG_NOT_WRITTEN";
}

/**
 * Writes to the audit log, and keeps the error when that fails: the command first prints what the change has created,
 * such as a password that is shown only once, and then fails.
 */
export class CommandAuditLog implements AuditLog {
  readonly #log: AuditLog;
  readonly #name: string;
  #failure: unknown;

  /** @param name of the log group, for messages. */
  constructor(log: AuditLog, name: string) {
    this.#log = log;
    this.#name = name;
  }

  async record(event: AuditEvent): Promise<void> {
    try {
      await this.#log.record(event);
    } catch (error) {
      this.#failure = error;
    }
  }

  /** Why the last event is not in the log; undefined when it is. */
  problem(): string | undefined {
    if (this.#failure === undefined) return undefined;
    const { name, message } = this.#failure instanceof Error ? this.#failure : new Error(String(this.#failure));
    return `not written to the audit log ${this.#name} (${name}: ${message.replaceAll(/\s*\n\s*/g, " ")})`;
  }

  /** @throws AuditLogError when an event could not be written; its cause is the error of the log. */
  requireWritten(): void {
    const problem = this.problem();
    if (problem !== undefined) {
      throw new AuditLogError(`The change was made, but ${problem}.`, { cause: this.#failure });
    }
  }
}
