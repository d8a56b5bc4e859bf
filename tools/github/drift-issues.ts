import { CommandError } from "../command-line/errors.ts";
import { hiddenMark, withinLimit } from "./comment.ts";
import { BODY_LIMIT, type GithubApi, type Post } from "./github-api.ts";

/** What `npm run drift -- <environment> --json` ends with, of one stack. */
export interface StackReport {
  readonly status: "absent" | "clean" | "drifted" | "failed";
  /** Markdown that may be published. */
  readonly text: string;
}

/** The output is not what the command prints. */
export class DriftReportError extends CommandError {
  override readonly name = "DriftReportError";
  readonly code = "INVALID_DRIFT_REPORT";
}

/** The last line of the command's output, by stack. @throws DriftReportError */
export function readDriftReport(output: string): ReadonlyMap<string, StackReport> {
  const last = output.trim().split("\n").at(-1) ?? "";
  try {
    const { type, stacks } = JSON.parse(last) as { type?: string; stacks?: Record<string, StackReport> };
    if (type === "result" && stacks) return new Map(Object.entries(stacks));
  } catch (cause) {
    throw new DriftReportError("The report of npm run drift -- --json does not end with a line of JSON.", { cause });
  }
  throw new DriftReportError("The report of npm run drift -- --json has no result at its end.");
}

const LABEL = "drift";

/**
 * Keeps one open issue for each stack that drifted: opened when it is found, brought up to date while it lasts, closed when it is gone. A stack
 * that could not be compared leaves its issue as it is.
 *
 * @returns what was done, a line each.
 */
export async function settleDriftIssues(
  api: GithubApi,
  environment: string,
  reports: ReadonlyMap<string, StackReport>,
): Promise<string[]> {
  const open = await api.programPosts(`issues?state=open&labels=${LABEL}`);
  const done: string[] = [];
  for (const [stack, { status, text }] of reports) {
    const mark = hiddenMark(`drift ${environment} ${stack}`);
    const known = open.find((issue) => issue.body?.startsWith(mark));
    if (status === "drifted")
      done.push(await tell(api, known, `${environment}: ${stack} drifted`, [mark, text, ADVICE]));
    else if (known && (status === "clean" || status === "absent")) done.push(await close(api, known, text));
  }
  return done;
}

const ADVICE =
  "To undo it, run the workflow `deploy`. To keep it, change the stack so that it says the same. This issue closes by itself when the drift is gone.";

async function tell(api: GithubApi, known: Post | undefined, title: string, parts: readonly string[]): Promise<string> {
  const body = withinLimit(parts, BODY_LIMIT);
  if (known?.body === body) return `${title}: issue ${known.number} says so already`;
  if (known) {
    await api.call("PATCH", `issues/${known.number}`, { body });
    return `${title}: issue ${known.number} brought up to date`;
  }
  const { number } = (await api.call("POST", "issues", { title, body, labels: [LABEL] })) as Post;
  return `${title}: issue ${number} opened`;
}

async function close(api: GithubApi, { number }: Post, text: string): Promise<string> {
  await api.call("POST", `issues/${number}/comments`, { body: withinLimit([text], BODY_LIMIT) });
  await api.call("PATCH", `issues/${number}`, { state: "closed", state_reason: "completed" });
  return `issue ${number} closed`;
}
