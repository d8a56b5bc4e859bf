import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { AwsError } from "../runtime/error.ts";
import { assets } from "./assets.ts";
import type { DashboardContent } from "./content.ts";
import { continueDocument, indexDocument, SIGN_IN_POLICY, signInDocument } from "./documents.ts";
import { BASE, Guard } from "./guard.ts";
import { sendLive } from "./live.ts";
import { dashboardPages } from "./pages/index.ts";
import type { Page } from "./pages/page.ts";
import { Redactor } from "./redactor.ts";
import { redirect, respond } from "./responses.ts";
import type { DashboardSources } from "./sources.ts";

const DEFAULT_HOW_TO_OPEN = "Open the address that the command printed which started the local AWS.";

export interface DashboardOptions extends Omit<DashboardSources, "content"> {
  readonly content: DashboardContent;
  /** What must not be shown, wherever it occurs; the dashboard's own secrets are added. */
  readonly secrets: () => readonly string[];
}

/**
 * The dashboard of a local AWS, on a loopback port of its own: an origin on which nothing else is served. It reads what
 * exists from inside of this process, and changes nothing, except that it can move dead letters back.
 */
export class Dashboard {
  readonly #server: Server;
  readonly #pages: ReadonlyMap<string, Page<unknown, unknown>>;
  readonly #redactor: Redactor;
  readonly #queues: DashboardSources["queues"];
  readonly #token = randomBytes(16).toString("base64url");
  readonly #session = randomBytes(24).toString("base64url");
  #content: DashboardContent;
  #guard: Guard;
  #port = 0;

  constructor({ content, secrets, ...sources }: DashboardOptions) {
    this.#content = content;
    this.#queues = sources.queues;
    this.#pages = dashboardPages({ ...sources, content: () => this.#content });
    this.#redactor = new Redactor(() => [...secrets(), this.#token, this.#session]);
    this.#guard = this.#newGuard();
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => this.#fail(response, error));
    });
  }

  /** The address with the token, for the developer. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}${BASE}/?token=${this.#token}`;
  }

  setContent(content: DashboardContent): void {
    this.#content = content;
  }

  async listen(port: number): Promise<void> {
    this.#port = port;
    this.#guard = this.#newGuard();
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, "127.0.0.1", resolve);
    });
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  #newGuard(): Guard {
    return new Guard({ port: this.#port, token: this.#token, session: this.#session });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const admission = this.#guard.admit(request, url);
    if (admission.kind === "refused") return this.#refuse(request, response, admission.status, admission.message);
    if (admission.kind === "exchange") return this.#exchange(request, response);
    const path = url.pathname.startsWith(`${BASE}/`) ? url.pathname.slice(BASE.length + 1) : undefined;
    if (path === undefined) return redirect(response, `${BASE}/`, {});
    if (request.method === "POST") return this.#act(path, url.searchParams, response);
    if (request.method !== "GET") return problem(response, 405, "The dashboard is read with GET.");
    if (path.startsWith("api/")) return this.#sendPage(path.slice("api/".length), url.searchParams, request, response);
    if (path.startsWith("assets/")) return sendAsset(path.slice("assets/".length), response);
    respond(response, 200, "text/html", indexDocument(this.#content.title));
  }

  #refuse(request: IncomingMessage, response: ServerResponse, status: 401 | 403, message: string): void {
    if (status === 401 && request.headers.accept?.includes("text/html")) {
      const { title, howToOpen = DEFAULT_HOW_TO_OPEN } = this.#content;
      const headers = { "content-security-policy": SIGN_IN_POLICY };
      respond(response, status, "text/html", signInDocument(title, howToOpen), headers);
    } else {
      problem(response, status, message);
    }
  }

  #exchange({ headers }: IncomingMessage, response: ServerResponse): void {
    const cookie = { "set-cookie": this.#guard.cookie };
    // Browsers do not send a new strict cookie when they follow a redirect that another site began.
    const isLinked = headers["sec-fetch-site"] === "cross-site" || headers["sec-fetch-site"] === "same-site";
    if (isLinked) respond(response, 200, "text/html", continueDocument, cookie);
    else redirect(response, `${BASE}/`, cookie);
  }

  async #sendPage(
    name: string,
    query: URLSearchParams,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const page = this.#pages.get(name);
    if (!page) return problem(response, 404, `There is no page ${name}.`);
    if (request.headers.accept === "text/event-stream") return sendLive(response, page, query, this.#redactor);
    respond(response, 200, "application/json", this.#redactor.stringify(await page.read(query)));
  }

  /** `POST api/queues/redrive?queue=…`: moves dead letters to the queues that they came from. */
  #act(path: string, query: URLSearchParams, response: ServerResponse): void {
    if (path !== "api/queues/redrive") throw new AwsError("NotFound", "There is no such action.", 404);
    const queue = this.#queues.get(query.get("queue") ?? "");
    const [source, ...others] = this.#queues.sourcesOf(queue);
    if (!source) throw new AwsError("InvalidQueue", `No queue sends its dead letters to ${queue.name}.`);
    // Also what was sent to the dead-letter queue directly, if there is only one place where it can go.
    const moved = this.#queues.redrive(queue, others.length === 0 ? source.arn : undefined);
    respond(response, 200, "application/json", JSON.stringify({ moved }));
  }

  #fail(response: ServerResponse, error: unknown): void {
    if (!(error instanceof AwsError)) console.error(error);
    if (response.headersSent) response.destroy();
    else problem(response, error instanceof AwsError ? error.status : 500, this.#mask(messageOf(error)));
  }

  #mask(text: string): string {
    return JSON.parse(this.#redactor.stringify(text)) as string;
  }
}

async function sendAsset(name: string, response: ServerResponse): Promise<void> {
  const asset = (await assets()).get(name);
  if (asset) respond(response, 200, asset.type, asset.body);
  else problem(response, 404, "There is no such file.");
}

function problem(response: ServerResponse, status: number, message: string): void {
  respond(response, status, "application/json", JSON.stringify({ message }));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
