import { randomBytes } from "node:crypto";
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from "node:http";
import type { Clock } from "../../runtime/clock.ts";
import { type Answer, Cache, type Kept } from "./cache.ts";
import { errorPage } from "./error-page.ts";
import { type Headers, lifetime, staleIfError, toldLifetime } from "./freshness.ts";
import { type Behavior, type CachePolicy, DEFAULT_ERROR_TTL_SECONDS, type Distribution, type Origin } from "./model.ts";
import { askOrigin, OriginError } from "./origin.ts";
import type { Policies } from "./policies.ts";
import { compressed, conditioned, withPolicyHeaders } from "./viewer-answer.ts";
import { acceptedEncoding, cacheKey, readViewerRequest, type ViewerRequest } from "./viewer-request.ts";

/** How an answer came to be, in CloudFront's words. */
type Source = "Miss" | "Hit" | "RefreshHit" | "Error";

interface Served {
  readonly answer: Answer;
  readonly source: Source;
  /** Seconds since the origin last said that it is right. */
  readonly age?: number;
}

/** Other errors are passed on and not kept: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html */
const KEPT_ERRORS = new Set([400, 403, 404, 405, 414, 500, 501, 502, 503, 504]);
const METHOD_REFUSED =
  "This distribution is not configured to allow the HTTP request method that was used for this request. The distribution supports only cachable requests.";

/** One distribution on a loopback port, which plays the HTTPS port of all edge locations together. */
export class Edge {
  readonly #policies: Policies;
  readonly #clock: Clock;
  readonly #cache = new Cache();
  readonly #server: Server;
  #distribution: Distribution;
  #address = "";

  constructor(distribution: Distribution, policies: Policies, clock: Clock) {
    this.#distribution = distribution;
    this.#policies = policies;
    this.#clock = clock;
    this.#server = createServer({ keepAliveTimeout: 60_000 }, (message, response) => {
      this.#serve(message, response).catch((error: unknown) => {
        if (!message.destroyed) console.error(error);
        response.destroy();
      });
    });
  }

  /** `127.0.0.1:<port>`. */
  get address(): string {
    return this.#address;
  }

  set distribution(distribution: Distribution) {
    this.#distribution = distribution;
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject).listen(port, "127.0.0.1", resolve);
    });
    this.#address = `127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const viewer = await readViewerRequest(message);
    const requestId = `${randomBytes(39).toString("base64url")}==`;
    const behavior = this.#behaviorOf(viewer.path);
    const { answer, source, age } = await this.#answer(viewer, behavior, requestId);
    const policy = this.#policies.responseHeaders(behavior?.responseHeadersPolicyId);
    const { status, headers, body } = conditioned(
      viewer,
      await compressed(viewer, answer, behavior?.compress ?? false),
    );
    const { "content-length": length, ...rest } = withPolicyHeaders(headers, policy);
    const hasBody = status !== 204 && status !== 304;
    const own: OutgoingHttpHeaders = {
      ...(hasBody && { "content-length": body.length > 0 ? body.length : Number(length ?? 0) }),
      ...(age !== undefined && { age: String(age) }),
      "x-cache": `${source} from cloudfront`,
      via: "1.1 local.cloudfront.net (CloudFront)",
      "x-amz-cf-pop": "LOCAL1-P1",
      "x-amz-cf-id": requestId,
    };
    response.writeHead(status, { ...(rest as OutgoingHttpHeaders), ...own });
    response.end(viewer.method === "HEAD" ? undefined : body);
  }

  async #answer(viewer: ViewerRequest, behavior: Behavior | undefined, requestId: string): Promise<Served> {
    const origin = this.#distribution.origins.find(({ id }) => id === behavior?.originId);
    if (!this.#distribution.isEnabled || !behavior || !origin) {
      return { answer: errorPage(403, "The distribution is disabled.", requestId), source: "Error" };
    }
    if (!behavior.allowedMethods.has(viewer.method)) {
      return { answer: errorPage(403, METHOD_REFUSED, requestId), source: "Error" };
    }
    const served = await this.#fromCacheOrOrigin(viewer, behavior, origin, requestId);
    return this.#withErrorPage(served, viewer, requestId);
  }

  async #fromCacheOrOrigin(
    viewer: ViewerRequest,
    behavior: Behavior,
    origin: Origin,
    requestId: string,
  ): Promise<Served> {
    const policy = this.#policies.cache(behavior.cachePolicyId);
    const isCacheable = viewer.method === "GET" || viewer.method === "HEAD";
    const key = cacheKey(viewer, policy);
    const kept = isCacheable ? this.#cache.get(key) : undefined;
    if (kept && this.#clock.now() < kept.expiresAt) return this.#fromKept(kept, kept.status < 400 ? "Hit" : "Error");
    const known = kept && kept.status < 400 ? kept : undefined; // an error is not asked after, but asked again
    const answer = await this.#ask(viewer, behavior, origin, policy, known?.headers, requestId);
    if (known && answer.status === 304)
      return this.#fromKept(this.#confirm(key, known, answer.headers, policy), "RefreshHit");
    if (known && answer.status >= 500 && this.#mayBeShownStale(known)) return this.#fromKept(known, "Hit");
    if (viewer.method === "GET") this.#keep(key, answer, policy, known);
    return { answer, source: answer.status < 400 ? "Miss" : "Error" };
  }

  async #ask(
    viewer: ViewerRequest,
    behavior: Behavior,
    origin: Origin,
    policy: CachePolicy,
    known: Headers | undefined,
    requestId: string,
  ): Promise<Answer> {
    const more = this.#policies.originRequest(behavior.originRequestPolicyId);
    try {
      return await askOrigin({
        origin,
        viewer: { ...viewer, path: viewer.path === "/" ? `/${this.#distribution.defaultRootObject}` : viewer.path },
        policies: more ? [policy.key, more] : [policy.key],
        encoding: acceptedEncoding(viewer, policy),
        conditions: {
          ...(known?.etag !== undefined && { "if-none-match": String(known.etag) }),
          ...(known?.["last-modified"] !== undefined && { "if-modified-since": String(known["last-modified"]) }),
        },
        requestId,
      });
    } catch (error) {
      if (!(error instanceof OriginError)) throw error;
      return errorPage(error.status, "CloudFront wasn't able to connect to the origin.", requestId);
    }
  }

  #fromKept(kept: Kept, source: Source): Served {
    return { answer: kept, source, age: Math.floor((this.#clock.now() - kept.confirmedAt) / 1000) };
  }

  #mayBeShownStale({ headers, expiresAt }: Kept): boolean {
    return this.#clock.now() < expiresAt + staleIfError(headers) * 1000;
  }

  /** What the origin says with 304 counts from now on for the copy. */
  #confirm(key: string, kept: Kept, headers: Headers, policy: CachePolicy): Kept {
    const { "content-length": _, ...confirmed } = headers;
    const answer = { ...kept, headers: { ...kept.headers, ...confirmed } };
    return this.#keep(key, answer, policy) ?? { ...answer, confirmedAt: this.#clock.now() };
  }

  /** Keeps an answer, if it may be kept; what was kept before is gone, unless the answer is a failure. */
  #keep(key: string, answer: Answer, policy: CachePolicy, before?: Kept): Kept | undefined {
    const now = this.#clock.now();
    const isError = answer.status >= 400;
    const seconds = isError ? this.#errorLifetime(answer, policy, now) : lifetime(answer.headers, policy, now);
    if (answer.status >= 500 && before && !seconds) return undefined;
    if (seconds === undefined || (isError && seconds === 0)) {
      this.#cache.delete(key);
      return undefined;
    }
    const kept = { ...answer, confirmedAt: now, expiresAt: now + seconds * 1000 };
    this.#cache.put(key, kept);
    return kept;
  }

  #errorLifetime({ status, headers }: Answer, { maximumTtl }: CachePolicy, now: number): number | undefined {
    if (!KEPT_ERRORS.has(status)) return undefined;
    const custom = this.#distribution.errors.find(({ code }) => code === status);
    const told = Math.min(toldLifetime(headers, now) ?? 0, maximumTtl);
    return Math.max(custom?.minimumTtl ?? DEFAULT_ERROR_TTL_SECONDS, told);
  }

  async #withErrorPage(served: Served, viewer: ViewerRequest, requestId: string): Promise<Served> {
    const custom = this.#distribution.errors.find(({ code }) => code === served.answer.status);
    const behavior = custom?.pagePath === undefined ? undefined : this.#behaviorOf(custom.pagePath);
    const origin = this.#distribution.origins.find(({ id }) => id === behavior?.originId);
    if (custom?.pagePath === undefined || !behavior || !origin) return served;
    const request = { ...viewer, method: "GET", path: custom.pagePath, query: [], body: Buffer.alloc(0) };
    const page = await this.#fromCacheOrOrigin(request, behavior, origin, requestId);
    if (page.answer.status >= 400) return served;
    return { ...served, answer: { ...page.answer, status: custom.responseCode ?? served.answer.status } };
  }

  #behaviorOf(path: string): Behavior | undefined {
    return this.#distribution.behaviors.find(({ pathPattern }) => matches(pathPattern, path));
  }
}

/** `*` is any characters, `?` is one; a pattern may leave out the first slash. */
function matches(pattern: string, path: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^/?${escaped.replace(/^\//, "")}$`, "s").test(path);
}
