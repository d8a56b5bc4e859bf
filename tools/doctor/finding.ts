/** The result of a check; `todo` is what the user should do about it. */
export interface Finding {
  readonly status: "ok" | "warn" | "fail" | "not checked";
  readonly says: string;
  readonly todo?: string;
}

/** A named check; returns several findings if it examines several resources. */
export interface Check {
  readonly name: string;
  run(): Promise<Finding | readonly Finding[]>;
}

/** A finding with the name of its check. */
export interface CheckResult extends Finding {
  readonly check: string;
}

export const ok = (says: string): Finding => ({ status: "ok", says });
export const warn = (says: string, todo: string): Finding => ({ status: "warn", says, todo });
export const fail = (says: string, todo: string): Finding => ({ status: "fail", says, todo });
export const notChecked = (says: string): Finding => ({ status: "not checked", says });

/** Runs a check; a check that throws is reported as "not checked" with the error as the reason. */
export async function runCheck({ name, run }: Check): Promise<CheckResult[]> {
  try {
    const found = await run();
    const findings: readonly Finding[] = "status" in found ? [found] : found;
    return findings.map((finding) => ({ check: name, ...finding }));
  } catch (error) {
    return [{ check: name, ...notChecked(firstSentence(error)) }];
  }
}

/** The first sentence of an error's message; AWS appends hints and encoded details to some. */
function firstSentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split(/\n|(?<=\.)\s/)[0] ?? text;
}

const MARKS = { ok: "✓", warn: "!", fail: "✗", "not checked": "–" };

/** One line for the terminal, and a second one with what to do. */
export function render({ check, status, says, todo }: CheckResult): string {
  const line = `${MARKS[status]} ${check}: ${status === "not checked" ? "not checked: " : ""}${says}`;
  return todo === undefined ? line : `${line}\n    → ${todo}`;
}

/** The number of results per status. */
export function summary(results: readonly CheckResult[]): string {
  const count = (status: Finding["status"]) => results.filter((result) => result.status === status).length;
  return `${count("ok")} ok, ${count("warn")} to review, ${count("fail")} to fix, ${count("not checked")} not checked`;
}
