import type { ServerResponse } from "node:http";
import type { Page } from "./pages/page.ts";
import type { Redactor } from "./redactor.ts";
import { SECURITY_HEADERS } from "./responses.ts";

/** How often a page that cannot be followed is read again while somebody looks at it. */
const READ_INTERVAL_MS = 1_000;
/** Items are sent together, so that a burst of log lines is one event. */
const SEND_DELAY_MS = 100;

/** One browser that looks at a page. */
interface Viewer {
  readonly page: Page<unknown, unknown>;
  readonly query: URLSearchParams;
  readonly closed: Promise<void>;
  isClosed(): boolean;
  send(event: "view" | "items" | "problem", data: unknown): void;
  /** Sends a text that is JSON already. */
  sendText(event: "view", json: string): void;
}

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
  const sendText = (event: string, json: string): void => void response.write(`event: ${event}\ndata: ${json}\n\n`);
  const viewer: Viewer = {
    page,
    query,
    closed: new Promise((resolve) => response.once("close", resolve)),
    isClosed: () => response.destroyed || response.writableEnded,
    send: (event, data) => sendText(event, redactor.stringify(data)),
    sendText,
  };
  if (page.follow) await sendItems(viewer, page.follow);
  else await sendChanges(viewer, redactor);
}

/** Reads the page once, and then sends what is added to it. */
async function sendItems(viewer: Viewer, follow: NonNullable<Page<unknown, unknown>["follow"]>): Promise<void> {
  const { page, query, closed, send } = viewer;
  const added: unknown[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    timer = undefined;
    send("items", added.splice(0));
  };
  const add = (item: unknown): void => {
    added.push(item);
    timer ??= setTimeout(flush, SEND_DELAY_MS);
  };
  try {
    // Nothing is added between the two, because pages that can be followed are read synchronously.
    const unfollow = follow(query, add);
    send("view", await page.read(query));
    await closed;
    unfollow();
    clearTimeout(timer);
  } catch (error) {
    send("problem", { message: messageOf(error) });
    await closed;
  }
}

/** Reads the page again and again, and sends it when it has changed. */
async function sendChanges(viewer: Viewer, redactor: Redactor): Promise<void> {
  const { page, query, closed, isClosed, send, sendText } = viewer;
  let sent: string | undefined;
  while (!isClosed()) {
    try {
      const view = redactor.stringify(await page.read(query));
      if (view !== sent) sendText("view", view);
      sent = view;
    } catch (error) {
      send("problem", { message: messageOf(error) });
      sent = undefined;
    }
    await Promise.race([closed, delay(READ_INTERVAL_MS)]);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
