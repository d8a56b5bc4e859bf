import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Below this path is everything, so that the cookie is not sent to the other servers on this host. */
export const BASE = "/dashboard";

/** Whether a request may be answered, and how not. */
export type Admission =
  | { readonly kind: "admitted" }
  /** The address with the token was opened: set the cookie and lead to the address without it. */
  | { readonly kind: "exchange" }
  | { readonly kind: "refused"; readonly status: 401 | 403; readonly message: string };

export interface GuardOptions {
  readonly port: number;
  /** In the printed address, and for programs (`Authorization: Bearer`). */
  readonly token: string;
  /** In the cookie. */
  readonly session: string;
}

/**
 * Admits only this machine's own browser and programs with the token of this run. Cookies know no ports, and any page
 * on the internet can send requests to this machine; so the names of the host and of the origin are checked as well.
 */
export class Guard {
  readonly #hosts: readonly string[];
  readonly #options: GuardOptions;

  constructor(options: GuardOptions) {
    this.#options = options;
    this.#hosts = [`127.0.0.1:${options.port}`, `localhost:${options.port}`];
  }

  get cookie(): string {
    return `${this.#cookieName}=${this.#options.session}; Path=${BASE}; HttpOnly; SameSite=Strict`;
  }

  admit(request: IncomingMessage, url: URL): Admission {
    const { host = "", origin, authorization = "" } = request.headers;
    if (!this.#hosts.includes(host)) return refused(403, "The dashboard answers at 127.0.0.1 and localhost only.");
    if (origin !== undefined && origin !== `http://${host}`) {
      return refused(403, "The dashboard does not answer pages of other origins.");
    }
    if (isForeign(request)) return refused(403, "The dashboard does not answer pages of other origins.");
    const given = url.searchParams.get("token");
    if (given !== null && isEqual(given, this.#options.token)) return { kind: "exchange" };
    if (isEqual(authorization, `Bearer ${this.#options.token}`)) return { kind: "admitted" };
    if (isEqual(this.#cookieOf(request), this.#options.session)) {
      // Browsers name the origin of everything but reads.
      const isRead = request.method === "GET" || request.method === "HEAD";
      return isRead || origin !== undefined
        ? { kind: "admitted" }
        : refused(403, "The origin of the page is required.");
    }
    return refused(401, "The token of this run is required.");
  }

  get #cookieName(): string {
    return `local_aws_dashboard_${this.#options.port}`;
  }

  #cookieOf(request: IncomingMessage): string {
    const cookies = (request.headers.cookie ?? "").split(";").map((cookie) => cookie.trim());
    const prefix = `${this.#cookieName}=`;
    return cookies.find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length) ?? "";
  }
}

/** Asked for by a page of another origin, unless a person follows a link to the dashboard. */
function isForeign({ headers, method }: IncomingMessage): boolean {
  const site = headers["sec-fetch-site"];
  if (site === undefined || site === "same-origin" || site === "none") return false;
  return method !== "GET" || headers["sec-fetch-mode"] !== "navigate" || headers["sec-fetch-dest"] !== "document";
}

function isEqual(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function refused(status: 401 | 403, message: string): Admission {
  return { kind: "refused", status, message };
}
