import { randomBytes } from "node:crypto";
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from "node:http";
import type { BufferedResponse, HeaderValues } from "../../http/buffered-response.ts";
import type { Clock } from "../../runtime/clock.ts";
import { globExpression } from "../../runtime/glob.ts";
import { observe, type TrafficObserver } from "../../runtime/traffic.ts";
import type { CachePolicy } from "./cache-policy.ts";
import { type Behavior, DEFAULT_ERROR_TTL_SECONDS, type Distribution, type Origin } from "./distribution.ts";
import { errorPage } from "./error-page.ts";
import { lifetime, originLifetime, staleIfError } from "./freshness.ts";
import { OriginError, requestOrigin } from "./origin.ts";
import type { Policies } from "./policies.ts";
import { type CachedResponse, ResponseCache } from "./response-cache.ts";
import { acceptedEncoding, cacheKey, readViewerRequest, type ViewerRequest } from "./viewer-request.ts";
import { compressed, conditional, withPolicyHeaders } from "./viewer-response.ts";

/** The source of a response, as in `x-cache`. */
type Source = "Miss" | "Hit" | "RefreshHit" | "Error";

interface ServedResponse {
  readonly response: BufferedResponse;
  readonly source: Source;
  /** Seconds since the origin sent the response or confirmed that it is current. */
  readonly age?: number;
  /** The origin that sent the response; undefined when CloudFront itself generated it. */
  readonly originId?: string;
}

/**
 * Other errors are not cached: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
 */
const CACHED_ERRORS = new Set([400, 403, 404, 405, 414, 500, 501, 502, 503, 504]);
const METHOD_NOT_ALLOWED =
  "This distribution is not configured to allow the HTTP request method that was used for this request. The distribution supports only cachable requests.";

export interface EdgeOptions {
  readonly policies: Policies;
  readonly clock: Clock;
  /** Called for each request that was answered. */
  readonly onRequest?: TrafficObserver["onRequest"];
}

/** One distribution on a loopback port, in place of the HTTPS port of all edge locations. */
export class Edge {
  readonly #policies: Policies;
  readonly #clock: Clock;
  readonly #onRequest: EdgeOptions["onRequest"];
  readonly #cache = new ResponseCache();
  readonly #server: Server;
  #distribution: Distribution;
  #address = "";

  constructor(distribution: Distribution, { policies, clock, onRequest }: EdgeOptions) {
    this.#distribution = distribution;
    this.#policies = policies;
    this.#clock = clock;
    this.#onRequest = onRequest;
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
    const requestId = `${randomBytes(39).toString("base64url")}==`;
    let servedBy: string | undefined;
    observe(message, response, this.#clock, this.#onRequest, () => ({
      entrance: "cloudfront",
      name: this.#distribution.id,
      dimensions: { DistributionId: this.#distribution.id },
      servedBy,
      cloudFrontId: requestId,
    }));
    const viewer = await readViewerRequest(message);
    const behavior = this.#behaviorOf(viewer.path);
    const served = await this.#respond(viewer, behavior, requestId);
    servedBy = served.age === undefined ? served.originId : "cache";
    const policy = this.#policies.responseHeaders(behavior?.responseHeadersPolicyId);
    const { status, headers, body } = conditional(
      viewer,
      await compressed(viewer, served.response, behavior?.compress ?? false),
    );
    const { "content-length": length, ...rest } = withPolicyHeaders(headers, policy);
    const hasBody = status !== 204 && status !== 304;
    const own: OutgoingHttpHeaders = {
      ...(hasBody && { "content-length": body.length > 0 ? body.length : Number(length ?? 0) }),
      ...(served.age !== undefined && { age: String(served.age) }),
      "x-cache": `${served.source} from cloudfront`,
      via: "1.1 local.cloudfront.net (CloudFront)",
      "x-amz-cf-pop": "LOCAL1-P1",
      "x-amz-cf-id": requestId,
    };
    response.writeHead(status, { ...(rest as OutgoingHttpHeaders), ...own });
    response.end(viewer.method === "HEAD" ? undefined : body);
  }

  async #respond(viewer: ViewerRequest, behavior: Behavior | undefined, requestId: string): Promise<ServedResponse> {
    const origin = this.#distribution.origins.find(({ id }) => id === behavior?.originId);
    if (!this.#distribution.isEnabled || !behavior || !origin) {
      return { response: errorPage(403, "The distribution is disabled.", requestId), source: "Error" };
    }
    if (!behavior.allowedMethods.has(viewer.method)) {
      return { response: errorPage(403, METHOD_NOT_ALLOWED, requestId), source: "Error" };
    }
    const served = await this.#fromCacheOrOrigin(viewer, behavior, origin, requestId);
    return this.#withErrorPage(served, viewer, requestId);
  }

  async #fromCacheOrOrigin(
    viewer: ViewerRequest,
    behavior: Behavior,
    origin: Origin,
    requestId: string,
  ): Promise<ServedResponse> {
    const policy = this.#policies.cache(behavior.cachePolicyId);
    const isCacheable = viewer.method === "GET" || viewer.method === "HEAD";
    const key = cacheKey(viewer, policy);
    const cached = isCacheable ? this.#cache.get(key) : undefined;
    if (cached && this.#clock.now() < cached.expiresAt)
      return this.#fromCache(cached, cached.status < 400 ? "Hit" : "Error");
    const stale = cached && cached.status < 400 ? cached : undefined; // Errors are not revalidated.
    const response = await this.#fetch(viewer, behavior, origin, policy, stale?.headers, requestId);
    if (stale && response.status === 304)
      return this.#fromCache(this.#refresh(key, stale, response.headers, policy), "RefreshHit");
    if (stale && response.status >= 500 && this.#mayServeStale(stale)) return this.#fromCache(stale, "Hit");
    if (viewer.method === "GET") this.#store(key, response, policy, stale);
    return { response, source: response.status < 400 ? "Miss" : "Error", originId: origin.id };
  }

  async #fetch(
    viewer: ViewerRequest,
    behavior: Behavior,
    origin: Origin,
    policy: CachePolicy,
    validators: HeaderValues | undefined,
    requestId: string,
  ): Promise<BufferedResponse> {
    const originRequestPolicy = this.#policies.originRequest(behavior.originRequestPolicyId);
    try {
      return await requestOrigin({
        origin,
        viewer: { ...viewer, path: viewer.path === "/" ? `/${this.#distribution.defaultRootObject}` : viewer.path },
        policies: originRequestPolicy ? [policy.key, originRequestPolicy] : [policy.key],
        encoding: acceptedEncoding(viewer, policy),
        conditions: {
          ...(validators?.etag !== undefined && { "if-none-match": String(validators.etag) }),
          ...(validators?.["last-modified"] !== undefined && {
            "if-modified-since": String(validators["last-modified"]),
          }),
        },
        requestId,
      });
    } catch (error) {
      if (!(error instanceof OriginError)) throw error;
      return errorPage(error.status, "CloudFront wasn't able to connect to the origin.", requestId);
    }
  }

  #fromCache(response: CachedResponse, source: Source): ServedResponse {
    return { response, source, age: Math.floor((this.#clock.now() - response.validatedAt) / 1000) };
  }

  #mayServeStale({ headers, expiresAt }: CachedResponse): boolean {
    return this.#clock.now() < expiresAt + staleIfError(headers) * 1000;
  }

  /** Updates a cached response with the headers of a 304. */
  #refresh(key: string, cached: CachedResponse, headers: HeaderValues, policy: CachePolicy): CachedResponse {
    const { "content-length": _, ...updated } = headers;
    const response = { ...cached, headers: { ...cached.headers, ...updated } };
    return this.#store(key, response, policy) ?? { ...response, validatedAt: this.#clock.now() };
  }

  /**
   * Caches a response if that is allowed. Otherwise the previous one is removed, unless the response is a server error.
   */
  #store(
    key: string,
    response: BufferedResponse,
    policy: CachePolicy,
    previous?: CachedResponse,
  ): CachedResponse | undefined {
    const now = this.#clock.now();
    const isError = response.status >= 400;
    const seconds = isError ? this.#errorLifetime(response, policy, now) : lifetime(response.headers, policy, now);
    if (response.status >= 500 && previous && !seconds) return undefined;
    if (seconds === undefined || (isError && seconds === 0)) {
      this.#cache.delete(key);
      return undefined;
    }
    const cached = { ...response, validatedAt: now, expiresAt: now + seconds * 1000 };
    this.#cache.put(key, cached);
    return cached;
  }

  #errorLifetime({ status, headers }: BufferedResponse, { maximumTtl }: CachePolicy, now: number): number | undefined {
    if (!CACHED_ERRORS.has(status)) return undefined;
    const custom = this.#distribution.errors.find(({ code }) => code === status);
    const seconds = Math.min(originLifetime(headers, now) ?? 0, maximumTtl);
    return Math.max(custom?.minimumTtl ?? DEFAULT_ERROR_TTL_SECONDS, seconds);
  }

  async #withErrorPage(served: ServedResponse, viewer: ViewerRequest, requestId: string): Promise<ServedResponse> {
    const custom = this.#distribution.errors.find(({ code }) => code === served.response.status);
    const behavior = custom?.pagePath === undefined ? undefined : this.#behaviorOf(custom.pagePath);
    const origin = this.#distribution.origins.find(({ id }) => id === behavior?.originId);
    if (custom?.pagePath === undefined || !behavior || !origin) return served;
    const request = { ...viewer, method: "GET", path: custom.pagePath, query: [], body: Buffer.alloc(0) };
    const page = await this.#fromCacheOrOrigin(request, behavior, origin, requestId);
    if (page.response.status >= 400) return served;
    return { ...served, response: { ...page.response, status: custom.responseCode ?? served.response.status } };
  }

  #behaviorOf(path: string): Behavior | undefined {
    return this.#distribution.behaviors.find(({ pathPattern }) => matches(pathPattern, path));
  }
}

/** The leading slash of a pattern is optional. */
function matches(pattern: string, path: string): boolean {
  const expression = globExpression(pattern.replace(/^\//, ""));
  return expression.test(path) || expression.test(path.replace(/^\//, ""));
}
