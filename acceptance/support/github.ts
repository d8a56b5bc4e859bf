import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What was asked of GitHub to be written. */
export interface GithubWrite {
  readonly call: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** In the place of GitHub's REST API: takes what is written, and shows issues and comments that were written as a program's. */
export class Github {
  readonly writes: GithubWrite[] = [];
  readonly #server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = new URL(request.url ?? "", "http://github").pathname;
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(this.#answer(`${request.method} ${path}`, Buffer.concat(chunks).toString("utf8"))));
  });

  /** @returns the variables by which the workflows' commands find it. */
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

  #answer(call: string, text: string): unknown {
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
