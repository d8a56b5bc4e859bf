/** What a check found; `todo` says what a person does about it. */
export interface Finding {
  readonly status: "ok" | "warn" | "fail" | "not checked";
  readonly says: string;
  readonly todo?: string;
}

/** A check that knows its name; several findings where it looks at several things. */
export interface Check {
  readonly name: string;
  run(): Promise<Finding | readonly Finding[]>;
}

/** A finding and the check that made it. */
export interface Line extends Finding {
  readonly check: string;
}

export const ok = (says: string): Finding => ({ status: "ok", says });
export const warn = (says: string, todo: string): Finding => ({ status: "warn", says, todo });
export const fail = (says: string, todo: string): Finding => ({ status: "fail", says, todo });
export const notChecked = (says: string): Finding => ({ status: "not checked", says });

/** Runs a check; one that could not look says why it could not. */
export async function look({ name, run }: Check): Promise<Line[]> {
  try {
    const found = await run();
    const findings: readonly Finding[] = "status" in found ? [found] : found;
    return findings.map((finding) => ({ check: name, ...finding }));
  } catch (error) {
    return [{ check: name, ...notChecked(reasonOf(error)) }];
  }
}

/** Its first sentence, without the hints that follow. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split(/\n|(?<=\.)\s/)[0] ?? text;
}

const MARKS = { ok: "✓", warn: "!", fail: "✗", "not checked": "–" };

/** For a terminal: a line for each finding, and below it what to do. */
export function render({ check, status, says, todo }: Line): string {
  const line = `${MARKS[status]} ${check}: ${status === "not checked" ? "not checked: " : ""}${says}`;
  return todo === undefined ? line : `${line}\n    → ${todo}`;
}

/** The last line: how many of each. */
export function summary(lines: readonly Line[]): string {
  const count = (status: Finding["status"]) => lines.filter((line) => line.status === status).length;
  return `${count("ok")} ok, ${count("warn")} to look at, ${count("fail")} to repair, ${count("not checked")} not checked`;
}
