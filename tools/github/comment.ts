import { BODY_LIMIT, type GithubApi } from "./github-api.ts";

export interface Comment {
  /** Number of the pull request or issue. */
  readonly number: number;
  /** Identifies the comment: there is at most one per marker. */
  readonly marker: string;
  /** Markdown, in order of importance: parts that exceed the limit are omitted from the end. */
  readonly parts: readonly string[];
}

/** Creates the comment, or updates the existing one. @returns which of the two happened. */
export async function upsertComment(
  api: GithubApi,
  { number, marker, parts }: Comment,
): Promise<"created" | "updated"> {
  const mark = hiddenMark(marker);
  const body = withinLimit([mark, ...parts], BODY_LIMIT);
  const existing = (await api.botPosts(`issues/${number}/comments`)).find((comment) => comment.body?.startsWith(mark));
  if (existing) await api.call("PATCH", `issues/comments/${existing.id}`, { body });
  else await api.call("POST", `issues/${number}/comments`, { body });
  return existing ? "updated" : "created";
}

/** An HTML comment, which is invisible in the rendered Markdown. */
export const hiddenMark = (marker: string): string => `<!-- nv-demo: ${marker} -->`;

const TRUNCATED = "_Truncated; see the workflow run for the complete text._";

/**
 * Joins as many complete parts as fit, and adds a note if parts are omitted. If even the first part after the mark is
 * too long, it is cut at the end of a line.
 *
 * @param limit in characters.
 */
export function withinLimit(parts: readonly string[], limit: number): string {
  const separator = "\n\n";
  const all = parts.join(separator);
  if (all.length <= limit) return all;
  const available = limit - separator.length - TRUNCATED.length;
  const fitting: string[] = [];
  for (const part of parts) {
    if ([...fitting, part].join(separator).length > available) break;
    fitting.push(part);
  }
  const [mark = "", first = ""] = parts;
  if (fitting.length > 1) return [...fitting, TRUNCATED].join(separator);
  const start = first.slice(0, available - mark.length - separator.length);
  return [mark, start.slice(0, start.lastIndexOf("\n")), TRUNCATED].join(separator);
}
