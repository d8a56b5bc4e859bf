import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { GithubApi } from "../github-api.ts";

const REPOSITORY = "octo-example/nv-demo";
const TOKEN = "token";

export interface StoredPost {
  readonly id: number;
  readonly number: number;
  readonly user: { readonly type: "Bot" | "User" };
  title?: string;
  body: string;
  state?: "open" | "closed";
  labels?: string[];
}

/** An HTTP server with the issues and comments of one repository, like the REST API of GitHub. */
export class FakeGithub {
  readonly issues: StoredPost[] = [];
  /** By number of the issue or pull request. */
  readonly comments = new Map<number, StoredPost[]>();
  readonly requests: string[] = [];
  readonly #server: Server = createServer(
    { keepAliveTimeout: 60_000 },
    (request, response) => void this.#handle(request, response),
  );
  #nextId = 1;

  async listen(): Promise<GithubApi> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    const { port } = this.#server.address() as AddressInfo;
    return new GithubApi({ url: `http://127.0.0.1:${port}`, token: TOKEN, repository: REPOSITORY });
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  addComment(number: number, body: string, type: "Bot" | "User" = "Bot"): StoredPost {
    const comment: StoredPost = { id: this.#nextId++, number, user: { type }, body };
    this.comments.set(number, [...(this.comments.get(number) ?? []), comment]);
    return comment;
  }

  addIssue(title: string, body: string, labels: string[], type: "Bot" | "User" = "Bot"): StoredPost {
    const id = this.#nextId++;
    const issue: StoredPost = { id, number: id, user: { type }, title, body, labels, state: "open" };
    this.issues.push(issue);
    return issue;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "", "http://github");
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString("utf8")) : undefined;
    const path = url.pathname.replace(`/repos/${REPOSITORY}/`, "");
    this.requests.push(`${request.method} ${path}`);
    const result =
      request.headers.authorization === `Bearer ${TOKEN}`
        ? this.#respond(`${request.method} ${path}`, url.searchParams, body)
        : undefined;
    response.writeHead(result === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(result ?? { message: "Not Found" }));
  }

  #respond(call: string, parameters: URLSearchParams, body: Partial<StoredPost>): unknown {
    const [, method, kind, id, part] =
      /^(\w+) (issues\/comments|issues)(?:\/(\d+))?(?:\/(comments))?$/.exec(call) ?? [];
    if (part === "comments") {
      const number = Number(id);
      if (method === "GET") return this.#page(this.comments.get(number) ?? [], parameters);
      return body.body !== undefined && body.body.length <= 65_536 ? this.addComment(number, body.body) : undefined;
    }
    if (kind === "issues/comments") {
      const comment = [...this.comments.values()].flat().find((one) => one.id === Number(id));
      return comment && Object.assign(comment, body);
    }
    if (kind !== "issues") return undefined;
    if (method === "POST") return this.addIssue(body.title ?? "", body.body ?? "", body.labels ?? []);
    if (method === "PATCH") {
      const issue = this.issues.find(({ number }) => number === Number(id));
      return issue && Object.assign(issue, body);
    }
    const label = parameters.get("labels") ?? "";
    const found = this.issues.filter((one) => one.state === parameters.get("state") && one.labels?.includes(label));
    return this.#page(found, parameters);
  }

  #page(posts: readonly StoredPost[], parameters: URLSearchParams): readonly StoredPost[] {
    const size = Number(parameters.get("per_page") ?? 30);
    const start = (Number(parameters.get("page") ?? 1) - 1) * size;
    return posts.slice(start, start + size);
  }
}
