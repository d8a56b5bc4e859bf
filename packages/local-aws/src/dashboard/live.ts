import type { ServerResponse } from "node:http";
import type { Page } from "./pages/page.ts";
import type { Redactor } from "./redactor.ts";
import { SECURITY_HEADERS } from "./responses.ts";

/** How often a page that cannot be followed is read again while somebody looks at it. */
const READ_INTERVAL_MS = 1_000;
/** Items are sent together, so that a burst of log lines is one event. */
const SEND_DELAY_MS = 100;

/**
 * Sends what a page shows as server-sent events for as long as the browser listens: `view` with everything, at the
 * start and whenever something changed; `items` with what was added; `problem` when the page cannot be read.
 */
export async function sendLive(
  response: ServerResponse,
  page: Page<unknown, unknown>,
  query: URLSearchParams,
  redactor: Redactor,
): Promise<void> {
  response.writeHead(200, { ...SECURITY_HEADERS, "content-type": "text/event-stream; charset=utf-8" });
  const send = (event: string, data: string): void => void response.write(`event: ${event}\ndata: ${data}\n\n`);
  const closed = new Promise<void>((resolve) => response.once("close", resolve));
  const read = async (): Promise<string | undefined> => {
    try {
      return redactor.stringify(await page.read(query));
    } catch (error) {
      send("problem", JSON.stringify({ message: error instanceof Error ? error.message : String(error) }));
      return undefined;
    }
  };

  if (page.follow) {
    let view: string | undefined;
    const added: unknown[] = [];
    let timer: NodeJS.Timeout | undefined;
    const flush = (): void => {
      timer = undefined;
      if (view !== undefined && added.length > 0) send("items", redactor.stringify(added.splice(0)));
    };
    let unfollow: (() => void) | undefined;
    try {
      // Before reading: what is added in between is sent after the view.
      unfollow = page.follow(query, (item) => {
        added.push(item);
        timer ??= setTimeout(flush, SEND_DELAY_MS);
      });
    } catch {
      // The query is invalid, which reading reports as well.
    }
    view = await read();
    if (view !== undefined) send("view", view);
    flush();
    await closed;
    unfollow?.();
    clearTimeout(timer);
    return;
  }

  let sent: string | undefined;
  while (!response.destroyed && !response.writableEnded) {
    const view = await read();
    if (view !== undefined && view !== sent) send("view", view);
    sent = view;
    await Promise.race([closed, delay(READ_INTERVAL_MS)]);
  }
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
