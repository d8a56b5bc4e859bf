import { STATUS_CODES } from "node:http";
import type { BufferedResponse, HeaderList } from "../../http/buffered-response.ts";

/** The response to a request of a listener. */
export interface ListenerResponse extends BufferedResponse<HeaderList> {
  /** Reason phrase, if it is not the usual one of the status. */
  readonly statusText?: string | undefined;
}

/** Reason phrases of the load balancer that differ from those of Node.js. */
const REASON_PHRASES: Readonly<Record<number, string>> = {
  413: "Request Entity Too Large",
  414: "Request-URI Too Large",
  503: "Service Temporarily Unavailable",
  504: "Gateway Time-out",
};

/** Statuses that only load balancers use. They have no reason phrase. */
const isElbStatus = (status: number): boolean => status === 460 || status === 463;

/**
 * The page of an error that the load balancer itself generates.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 */
export function errorResponse(status: number): ListenerResponse {
  const title = isElbStatus(status)
    ? String(status)
    : `${status} ${REASON_PHRASES[status] ?? STATUS_CODES[status] ?? ""}`;
  return withServerHeader(status, "text/html", page(title));
}

/** A response with the `Server` header of the load balancer. */
export function withServerHeader(
  status: number,
  contentType: string,
  body: string,
  headers: HeaderList = [],
): ListenerResponse {
  return {
    status,
    statusText: REASON_PHRASES[status],
    headers: [["Server", "awselb/2.0"], ["Content-Type", contentType], ...headers],
    body: Buffer.from(body),
  };
}

/** An HTML page in the form of the error pages of load balancers. */
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
