import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { SegmentFields } from "../tracing/segment.ts";
import { noTracer, type Tracer } from "../tracing/tracer.ts";
import type { AwsAccess } from "./access.ts";
import { AwsConnectionError, AwsError } from "./aws-error.ts";
import { isXmlError, readErrorResponse, requestIdOf } from "./error-response.ts";
import { exchange, type HttpRequest, readBody, StaleConnectionError } from "./exchange.ts";
import { isThrottled, withRetries } from "./retry.ts";
import { type AwsService, awsEndpoint } from "./service.ts";
import {
  encodeQuery,
  presignQuery,
  type Signable,
  type Signer,
  sha256,
  signHeaders,
  UNSIGNED_PAYLOAD,
} from "./signature.ts";

export interface AwsRequest {
  /** The name of the action, such as `GetObject`. */
  readonly operation: string;
  /** What the action is for, by the names that segments have for it, such as `table_name`. */
  readonly resource?: Readonly<Record<string, string | undefined>>;
  readonly method: "DELETE" | "GET" | "HEAD" | "POST" | "PUT";
  /** Before the host of the endpoint, with a dot. */
  readonly hostPrefix?: string | undefined;
  /** Percent-encoded, with a leading slash. */
  readonly path: string;
  /** Not encoded. Undefined values are left out. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** By names in lower case. Undefined values are left out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: Uint8Array | string | undefined;
}

export interface AwsResponse {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface AwsClientOptions {
  /** Attempts of a request, including the first one. */
  readonly attempts?: number;
  /** Milliseconds until a connection is established. */
  readonly connectTimeout?: number;
  /** Milliseconds until the response to one attempt begins. By default, only the limit of the request applies. */
  readonly responseTimeout?: number;
}

type ReadResponse<T> = (response: IncomingMessage, signal: AbortSignal) => T | Promise<T>;

/** The default of the SDK. */
const ATTEMPTS = 3;

/** Milliseconds. AWS usually accepts a connection within 20 ms, a lost packet costs 1 s. */
const CONNECT_TIMEOUT = 1_500;

/**
 * Sends signed requests to one AWS service. Every request has a time limit, which includes its retries.
 *
 * A request whose response is lost may have been executed, and is sent again as by the SDK.
 */
export class AwsClient {
  readonly #service: AwsService;
  readonly #access: AwsAccess;
  readonly #tracer: Tracer;
  readonly #options: Required<Omit<AwsClientOptions, "responseTimeout">> & AwsClientOptions;

  constructor(service: AwsService, access: AwsAccess, options: AwsClientOptions = {}) {
    this.#service = service;
    this.#access = access;
    this.#tracer = access.tracer ?? noTracer;
    this.#options = { attempts: ATTEMPTS, connectTimeout: CONNECT_TIMEOUT, ...options };
  }

  get endpoint(): URL {
    return new URL(this.#access.endpoint(this.#service) ?? awsEndpoint(this.#service, this.#access.region));
  }

  /**
   * @param timeout milliseconds for all attempts, including the body of the response
   * @throws AwsError, AwsConnectionError
   */
  send(request: AwsRequest, timeout: number): Promise<AwsResponse> {
    return this.#perform(request, timeout, async (response, signal) => {
      const body = await readBody(response, signal);
      // S3 sends the headers of a long operation before it knows the outcome.
      if (isXmlError(body.toString())) throw this.#error(response, body);
      return { headers: response.headers, body };
    });
  }

  /**
   * Sends a request whose response is read by the caller.
   *
   * @param timeout milliseconds for all attempts until the response begins
   * @throws AwsError, AwsConnectionError
   */
  open(request: AwsRequest, timeout: number): Promise<IncomingMessage> {
    return this.#perform(request, timeout, (response) => response);
  }

  /** The URL of a request without a signed body. `expiresIn` is in seconds. The request needs exactly these headers. */
  async presign(request: AwsRequest, expiresIn: number): Promise<string> {
    const { endpoint } = this;
    const signable = signableOf(request, endpoint);
    const query = presignQuery(signable, UNSIGNED_PAYLOAD, expiresIn, await this.#signer());
    return `${endpoint.protocol}//${signable.headers.host}${signable.path}?${query}`;
  }

  async #perform<T>(request: AwsRequest, timeout: number, read: ReadResponse<T>): Promise<T> {
    // The name that X-Ray's SDK has for the service.
    const name = this.#service.name.replace(" ", "");
    const aws = { operation: request.operation, region: this.#access.region, ...request.resource };
    return this.#tracer.subsegment(name, { namespace: "aws", aws }, async (segment) => {
      try {
        return await this.#sendWithRetries(request, timeout, read, segment);
      } catch (error) {
        if (isThrottled(error)) segment.throttle = true;
        throw error;
      }
    });
  }

  async #sendWithRetries<T>(
    request: AwsRequest,
    timeout: number,
    read: ReadResponse<T>,
    segment: SegmentFields,
  ): Promise<T> {
    const { endpoint } = this;
    const signable = signableOf(request, endpoint);
    const signer = await this.#signer();
    const { connectTimeout, responseTimeout = timeout, attempts } = this.#options;
    const limits = { connect: connectTimeout, response: responseTimeout };
    const signal = AbortSignal.timeout(timeout);
    const attempt = async (): Promise<T> => {
      try {
        const signed = signedRequest(request, signable, endpoint, { ...signer, now: Date.now() }, this.#tracer);
        const response = await exchange(signed, limits, signal);
        const { statusCode = 0 } = response;
        segment.http = { response: { status: statusCode } };
        segment.aws = { ...segment.aws, request_id: requestIdOf(response.headers) };
        if (statusCode >= 200 && statusCode < 300) return await read(response, signal);
        throw this.#error(response, await readBody(response, signal));
      } catch (error) {
        // Each repetition uses up one idle connection, so there is an end.
        if (error instanceof StaleConnectionError) return attempt();
        throw error instanceof AwsError ? error : new AwsConnectionError(this.#service.name, error);
      }
    };
    return withRetries(attempt, attempts, signal);
  }

  async #signer(): Promise<Signer> {
    const { credentials, region } = this.#access;
    return { credentials: await credentials(), region, service: this.#service.id, now: Date.now() };
  }

  #error({ statusCode = 0, headers }: IncomingMessage, body: Buffer): AwsError {
    const error = readErrorResponse(statusCode, headers, body.toString());
    // The status of a success is not that of the error, which may pass.
    return new AwsError(this.#service.name, statusCode === 200 ? { ...error, status: 503 } : error);
  }
}

function signableOf({ method, hostPrefix = "", path, query, headers }: AwsRequest, endpoint: URL): Signable {
  return {
    method,
    path: `${endpoint.pathname.replace(/\/$/, "")}${path}`,
    query: defined(query),
    headers: { ...defined(headers), host: `${hostPrefix}${endpoint.host}` },
  };
}

function signedRequest(
  { method, hostPrefix = "", body: content }: AwsRequest,
  signable: Signable,
  { protocol, hostname, port }: URL,
  signer: Signer,
  { header }: Tracer,
): HttpRequest {
  const query = encodeQuery(signable.query);
  const body = typeof content === "string" ? Buffer.from(content) : content;
  return {
    method,
    protocol,
    hostname: `${hostPrefix}${hostname}`,
    port,
    target: query === "" ? signable.path : `${signable.path}?${query}`,
    headers: {
      ...signHeaders(signable, sha256(body ?? ""), signer),
      // S3 requires it also for an empty body.
      ...((body || method === "PUT") && { "content-length": String(body?.byteLength ?? 0) }),
      "user-agent": "nv-demo",
      // X-Ray continues the trace, and Lambda detects functions that invoke each other.
      ...(header !== undefined && { "x-amzn-trace-id": header }),
    },
    body,
  };
}

const defined = (values: Readonly<Record<string, string | undefined>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined));
