import type { HttpResponse } from "../../lib/http/response.ts";
import { jsonResponse, MAX_RESPONSE_BYTES } from "../../lib/http/response.ts";
import { formatCursor } from "./cursor.ts";

/** Reserved for brackets, headers and a link whose cursor may contain the longest key. */
const ENVELOPE_BYTES = 64 * 1024;

export interface Page<Entry> {
  readonly path: string;
  /** Parameters of the request that the next page has as well; undefined ones are omitted. */
  readonly parameters: Readonly<Record<string, string | undefined>>;
  readonly entries: readonly Entry[];
  /** Whether other entries follow these. */
  readonly more: boolean;
  /** The parts of the cursor after an entry. */
  readonly cursorAfter: (entry: Entry) => readonly unknown[];
  /** The body with the entries that fit. */
  readonly body: (entries: readonly Entry[]) => unknown;
}

/**
 * A page of a list, with the next page in a `Link` header (RFC 8288). It is shortened to the size of a response when
 * keys are long.
 */
export function pageResponse<Entry>({ path, parameters, entries, more, cursorAfter, body }: Page<Entry>): HttpResponse {
  const fitting = entries.slice(0, countFitting(entries));
  const last = fitting.at(-1);
  const headers: Record<string, string> = { "cache-control": "private, no-cache" };
  if (last !== undefined && (more || fitting.length < entries.length)) {
    const query = new URLSearchParams({ cursor: formatCursor(cursorAfter(last)) });
    for (const [name, value] of Object.entries(parameters)) if (value !== undefined) query.set(name, value);
    headers.link = `<${path}?${query}>; rel="next"`;
  }
  return jsonResponse(200, body(fitting), headers);
}

/** The number of entries that fit a response. */
function countFitting(entries: readonly unknown[]): number {
  let bytes = ENVELOPE_BYTES;
  const index = entries.findIndex((entry) => {
    // The body is JSON inside the JSON of the function's response, so its quotes and backslashes are escaped once more.
    bytes += Buffer.byteLength(JSON.stringify(JSON.stringify(entry)));
    return bytes > MAX_RESPONSE_BYTES;
  });
  return index < 0 ? entries.length : index;
}
