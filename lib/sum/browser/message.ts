import { element } from "./element.ts";

/** How a message is shown: `good` and `bad` are classes of the style sheet. */
export type MessageKind = "good" | "bad" | "";

/**
 * Shows the outcome of an action in an element whose changes screen readers announce.
 *
 * @param message by default the page's status element
 */
export function showMessage(text: string, kind: MessageKind, message = element("message", HTMLElement)): void {
  message.textContent = text;
  message.className = `message ${kind}`;
}

/** The reason in an error response of the service; undefined when the response is not from the service. */
export async function readReason(response: Response): Promise<string | undefined> {
  const body: unknown = await response.json().catch(() => undefined);
  const isProblem = typeof body === "object" && body !== null && "error" in body;
  return isProblem && typeof body.error === "string" ? body.error : undefined;
}
