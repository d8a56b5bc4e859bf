import { once } from "node:events";
import { createServer } from "node:http";
import type { AwsAccess } from "../access.ts";

export interface ReceivedRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly target: string | undefined;
  readonly body: unknown;
}

/** A server for tests that responds to every request with JSON and records what it received. */
export interface AwsServer {
  readonly access: AwsAccess;
  readonly received: ReceivedRequest[];
  /** The response to the next requests. */
  response: { readonly status: number; readonly body: object; readonly errorType?: string };
  close(): Promise<void>;
}

export async function startAwsServer(): Promise<AwsServer> {
  const received: ReceivedRequest[] = [];
  const server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString();
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    const { method, url, headers } = request;
    received.push({ method, url, target: headers["x-amz-target"]?.toString(), body });
    const { status, errorType, body: content } = started.response;
    response.writeHead(status, errorType === undefined ? {} : { "x-amzn-errortype": errorType });
    response.end(JSON.stringify(content));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = address && typeof address === "object" ? address.port : 0;
  const started: AwsServer = {
    access: {
      region: "us-east-1",
      endpoint: () => `http://127.0.0.1:${port}`,
      credentials: async () => ({ accessKeyId: "id", secretAccessKey: "secret" }),
    },
    received,
    response: { status: 200, body: {} },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return started;
}
