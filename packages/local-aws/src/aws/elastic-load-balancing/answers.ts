import { STATUS_CODES } from "node:http";

/** An answer that is there whole. */
export interface Answer {
  readonly status: number;
  /** Another than the status's usual words. */
  readonly statusText?: string | undefined;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** The load balancer's words where they are not Node's. */
const TITLES: Readonly<Record<number, string>> = {
  413: "Request Entity Too Large",
  414: "Request-URI Too Large",
  503: "Service Temporarily Unavailable",
  504: "Gateway Time-out",
};

/** Statuses that only load balancers have, and for which they have no words. */
const isOfTheirOwn = (status: number): boolean => status === 460 || status === 463;

/** A page of the load balancer itself: what it answers when no target did. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html */
export function ownAnswer(status: number): Answer {
  const title = isOfTheirOwn(status) ? String(status) : `${status} ${TITLES[status] ?? STATUS_CODES[status] ?? ""}`;
  return withServer(status, "text/html", page(title));
}

/** An answer with the load balancer's name on it. */
export function withServer(
  status: number,
  contentType: string,
  body: string,
  headers: readonly (readonly [string, string])[] = [],
): Answer {
  return {
    status,
    statusText: TITLES[status],
    headers: [["Server", "awselb/2.0"], ["Content-Type", contentType], ...headers],
    body: Buffer.from(body),
  };
}

export function page(title: string): string {
  return [
    "<html>",
    `<head><title>${title}</title></head>`,
    "<body>",
    `<center><h1>${title}</h1></center>`,
    "</body>",
    "</html>",
    "",
  ].join("\r\n");
}
