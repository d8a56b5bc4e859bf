import { BODY_LIMIT, type GithubApi } from "./github-api.ts";

export interface Comment {
  /** Number of the pull request or issue. */
  readonly number: number;
  /** Tells this comment from others of ours: there is one of each at most. */
  readonly marker: string;
  /** Markdown, in order of importance: what there is no room for is left out from the end. */
  readonly parts: readonly string[];
}

/** Writes a comment, or brings the one that was written before up to date. @returns which of the two it did. */
export async function keepComment(api: GithubApi, { number, marker, parts }: Comment): Promise<"updated" | "written"> {
  const mark = hiddenMark(marker);
  const body = withinLimit([mark, ...parts], BODY_LIMIT);
  const known = (await api.programPosts(`issues/${number}/comments`)).find((comment) => comment.body?.startsWith(mark));
  if (known) await api.call("PATCH", `issues/comments/${known.id}`, { body });
  else await api.call("POST", `issues/${number}/comments`, { body });
  return known ? "updated" : "written";
}

/** What nobody sees in the rendered text. */
export const hiddenMark = (marker: string): string => `<!-- nv-demo: ${marker} -->`;

const CUT = "_There is no room for more here; the run of the workflow has all of it._";

/** As many whole parts as there is room for, and a note when that is not all. A first part that is too long by itself is cut at the end of a line. */
export function withinLimit(parts: readonly string[], limit: number): string {
  const separator = "\n\n";
  const all = parts.join(separator);
  if (all.length <= limit) return all;
  const room = limit - separator.length - CUT.length;
  const kept: string[] = [];
  for (const part of parts) {
    if ([...kept, part].join(separator).length > room) break;
    kept.push(part);
  }
  const [mark = "", first = ""] = parts;
  if (kept.length > 1) return [...kept, CUT].join(separator);
  const start = first.slice(0, room - mark.length - separator.length);
  return [mark, start.slice(0, start.lastIndexOf("\n")), CUT].join(separator);
}
