import type { AuditEvent, AuditLog } from "../../../lib/audit/audit-log.ts";
import type { TestUsers } from "../../../lib/users/testing/user-tables.ts";
import { UserDirectory } from "../../../lib/users/user-directory.ts";
import type { TerminalInput } from "../../command-line/terminal/terminal-input.ts";
import { CommandAuditLog } from "../audit.ts";
import { runOnUsers } from "../run-on-users.ts";
import type { Subject } from "../user-command-error.ts";
import type { UsersContext } from "../users-context.ts";

/** What is typed at each question, or what a pipe contains. */
export class FakeInput implements TerminalInput {
  readonly questions: string[] = [];
  readonly isTerminal: boolean;
  readonly #answers: string[];

  constructor(input: { readonly typed: readonly string[] } | { readonly piped: string }) {
    this.isTerminal = "typed" in input;
    this.#answers = "typed" in input ? [...input.typed] : [input.piped];
  }

  async ask(question: string): Promise<string> {
    this.questions.push(question);
    return this.#answers.shift() ?? "";
  }

  askSecret(question: string): Promise<string> {
    return this.ask(`secret ${question}`);
  }

  async readAll(): Promise<string> {
    return this.#answers.shift() ?? "";
  }
}

/** A log group that does not accept events. */
export const refusingLog: AuditLog = {
  record: async (_event: AuditEvent) => {
    throw Object.assign(new Error("User is not authorized"), { name: "AccessDeniedException", $metadata: {} });
  },
};

export interface Run {
  /** Lines of the standard output. */
  readonly results: readonly string[];
  /** The standard error. */
  readonly explained: string;
  /** What was thrown. */
  readonly error: (Error & { readonly code?: string }) | undefined;
}

/** Runs commands with the directory on a test server. */
export function commandsOn(test: TestUsers, { audit = test.audit }: { readonly audit?: AuditLog } = {}) {
  return async (
    work: (context: UsersContext) => Promise<void>,
    { subject = {}, input = new FakeInput({ piped: "" }) }: { subject?: Subject; input?: FakeInput } = {},
  ): Promise<Run> => {
    const results: string[] = [];
    const explained: string[] = [];
    const log = new CommandAuditLog(audit, "/nv-demo/audit");
    const { users, credentials, clock } = test;
    const context: UsersContext = {
      environment: "dev",
      directory: new UserDirectory({ users, credentials, audit: log, clock }),
      actor: { who: "command:operator", from: "command" },
      audit: log,
      clock,
      apiUrl: "https://files.example.com",
      input,
      output: { result: (line) => results.push(line), explain: (line) => explained.push(line) },
    };
    const error = await runOnUsers(context, subject, work).then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    return { results, explained: explained.join("\n"), error };
  };
}
