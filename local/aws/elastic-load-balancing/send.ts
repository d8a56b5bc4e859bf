import type { ServerResponse } from "node:http";
import { type Answer, ownAnswer } from "./answers.ts";
import type { Listener } from "./model.ts";

export type Head = Pick<Answer, "status" | "statusText" | "headers">;

/** Writes the first part of an answer; false when HTTP does not allow what is in it. */
export type SendHead = (response: ServerResponse, head: Head) => boolean;

/** A {@link SendHead} that puts the listener's own headers on everything. */
export function headSender(own: Listener["responseHeaders"]): SendHead {
  const replaced = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  const added = Object.entries(own).filter((entry): entry is [string, string] => entry[1] !== null);
  return (response, { status, statusText, headers }) => {
    const all = [...headers.filter(([name]) => !replaced.has(name.toLowerCase())), ...added];
    try {
      const flat = all.flat();
      if (statusText === undefined) response.writeHead(status, flat);
      else response.writeHead(status, statusText, flat);
      return true;
    } catch {
      return false;
    }
  };
}

/** Sends an answer that is there whole, in the way of a request's method. */
export function sendAnswer(response: ServerResponse, method: string, answer: Answer, sendHead: SendHead): void {
  const hasBody = answer.status !== 204 && answer.status !== 304;
  const headers = hasBody
    ? [...answer.headers, ["Content-Length", String(answer.body.length)] as const]
    : answer.headers;
  if (sendHead(response, { ...answer, headers })) response.end(hasBody && method !== "HEAD" ? answer.body : undefined);
  else sendAnswer(response, method, ownAnswer(502), sendHead);
}
