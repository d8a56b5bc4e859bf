import * as v from "valibot";
import { CommandError } from "../command-line/errors.ts";
import { hiddenMark, withinLimit } from "./comment.ts";
import { BODY_LIMIT, createdIssue, type GithubApi, type Post } from "./github-api.ts";

const StackReportSchema = v.object({ status: v.picklist(["absent", "clean", "drifted", "failed"]), text: v.string() });

/**
 * The result for one stack in the last line of `npm run drift -- <environment> --json`; `text` is Markdown that may be
 * published.
 */
export type StackReport = Readonly<v.InferOutput<typeof StackReportSchema>>;

const LastLine = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ type: v.literal("result"), stacks: v.record(v.string(), StackReportSchema) }),
);

/** The text is not the output of the drift command. */
export class DriftReportError extends CommandError {
  override readonly name = "DriftReportError";
  readonly code = "INVALID_DRIFT_REPORT";
}

/** Reads the last line of the command's output, by stack. @throws DriftReportError */
export function readDriftReport(output: string): ReadonlyMap<string, StackReport> {
  const last = output.trim().split("\n").at(-1) ?? "";
  const { success, output: line } = v.safeParse(LastLine, last);
  if (!success) throw new DriftReportError("The output of npm run drift -- --json must end with its result.");
  return new Map(Object.entries(line.stacks));
}

const LABEL = "drift";

/**
 * Maintains one open issue per drifted stack: opens it, updates it while the drift lasts, and closes it when the drift
 * is gone. If a stack could not be compared, its issue remains unchanged.
 *
 * @returns a line for each action.
 */
export async function syncDriftIssues(
  api: GithubApi,
  environment: string,
  reports: ReadonlyMap<string, StackReport>,
): Promise<string[]> {
  const open = await api.botPosts(`issues?state=open&labels=${LABEL}`);
  const actions: string[] = [];
  for (const [stack, { status, text }] of reports) {
    const mark = hiddenMark(`drift ${environment} ${stack}`);
    const existing = open.find((issue) => issue.body?.startsWith(mark));
    if (status === "drifted")
      actions.push(await openOrUpdate(api, existing, `${environment}: ${stack} drifted`, [mark, text, ADVICE]));
    else if (existing && (status === "clean" || status === "absent")) actions.push(await close(api, existing, text));
  }
  return actions;
}

const ADVICE =
  "To revert the drift, run the workflow `deploy`. To keep the change, add it to the stack. This issue is closed automatically when the drift is gone.";

async function openOrUpdate(
  api: GithubApi,
  existing: Post | undefined,
  title: string,
  parts: readonly string[],
): Promise<string> {
  const body = withinLimit(parts, BODY_LIMIT);
  if (existing?.body === body) return `${title}: issue ${existing.number} is up to date`;
  if (existing) {
    await api.call("PATCH", `issues/${existing.number}`, { body });
    return `${title}: issue ${existing.number} updated`;
  }
  const { number } = createdIssue(await api.call("POST", "issues", { title, body, labels: [LABEL] }));
  return `${title}: issue ${number} opened`;
}

async function close(api: GithubApi, { number }: Post, text: string): Promise<string> {
  await api.call("POST", `issues/${number}/comments`, { body: withinLimit([text], BODY_LIMIT) });
  await api.call("PATCH", `issues/${number}`, { state: "closed", state_reason: "completed" });
  return `issue ${number} closed`;
}
