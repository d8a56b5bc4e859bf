import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A request that creates or changes something. */
export interface GithubWrite {
  readonly call: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * An HTTP server in place of the REST API of GitHub: records what is written, and returns it as issues and comments of
 * a bot.
 */
export class FakeGithub {
  readonly writes: GithubWrite[] = [];
  readonly #server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = new URL(request.url ?? "", "http://github").pathname;
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(this.#respond(`${request.method} ${path}`, Buffer.concat(chunks).toString("utf8"))));
  });

  /** @returns the environment variables of a workflow that refer to this server. */
  async listen(): Promise<Record<string, string>> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    const { port } = this.#server.address() as AddressInfo;
    return {
      GITHUB_API_URL: `http://127.0.0.1:${port}`,
      GITHUB_TOKEN: "token",
      GITHUB_REPOSITORY: "octo-example/nv-demo",
    };
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #respond(call: string, text: string): unknown {
    if (!call.startsWith("GET ")) {
      this.writes.push({ call, body: JSON.parse(text) });
      return { id: this.writes.length, number: this.writes.length };
    }
    const wanted = call.replace("GET ", "POST ");
    return this.writes.flatMap(({ call: written, body }, index) =>
      written === wanted ? [{ id: index + 1, number: index + 1, user: { type: "Bot" }, ...body }] : [],
    );
  }
}
