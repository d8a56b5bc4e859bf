import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createRecorder, SAMPLED } from "../tracing/testing/recorder.ts";
import { parseTraceHeader } from "../tracing/trace-header.ts";
import { noTracer } from "../tracing/tracer.ts";
import { AwsClient, type AwsClientOptions } from "./aws-client.ts";
import { AwsConnectionError, AwsError, hasCode } from "./aws-error.ts";
import { s3 } from "./service.ts";

type Respond = (request: IncomingMessage, response: ServerResponse) => void;

/** The responses in order; the last one is repeated. */
let responses: Respond[];
let received: IncomingMessage[];
let server: Server;
let port: number;

const TIMEOUT = 10_000;

const get = { operation: "GetObject", method: "GET", path: "/" } as const;

const open = (options: AwsClientOptions = {}, tracer = noTracer) =>
  new AwsClient(
    s3,
    {
      region: "us-east-1",
      endpoint: () => `http://127.0.0.1:${port}`,
      credentials: async () => ({ accessKeyId: "id", secretAccessKey: "secret", sessionToken: "token" }),
      tracer,
    },
    options,
  );

const respond =
  (status: number, body = "", headers: Record<string, string> = {}): Respond =>
  (_request, response) =>
    response.writeHead(status, headers).end(body);

const xmlError = (code: string) => `<?xml version="1.0"?>\n<Error><Code>${code}</Code><Message>Why</Message></Error>`;

const failureOf = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("It did not fail");
};

beforeEach(async () => {
  vi.spyOn(Math, "random").mockReturnValue(0); // Without pauses.
  responses = [];
  received = [];
  server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    request.resume();
    received.push(request);
    const next = responses.length > 1 ? responses.shift() : responses[0];
    next?.(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  port = address && typeof address === "object" ? address.port : 0;
});
afterEach(() => {
  vi.restoreAllMocks();
  server.closeAllConnections();
  server.close();
});

it("sends the path as it is, the sorted query and a signature of all headers", async () => {
  responses = [respond(200, "ok", { etag: '"e"' })];
  const request = { ...get, path: "/a/../b//%21", query: { b: "x y", a: undefined, A: "" } } as const;
  const { headers, body } = await open().send({ ...request, headers: { range: "bytes=0-1" } }, TIMEOUT);
  expect([headers.etag, body.toString()]).toEqual(['"e"', "ok"]);
  expect(received[0]?.url).toBe("/a/../b//%21?A=&b=x%20y");
  expect(received[0]?.headers).toMatchObject({
    range: "bytes=0-1",
    authorization: expect.stringContaining(
      "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date;x-amz-security-token,",
    ),
  });
  expect(received[0]?.headers).not.toHaveProperty("x-amzn-trace-id");
});

it("neither follows redirects nor decodes bodies", async () => {
  responses = [respond(301, xmlError("PermanentRedirect"), { location: "/other" })];
  expect(await failureOf(open().send(get, TIMEOUT))).toMatchObject({ status: 301, code: "PermanentRedirect" });
  const compressed = gzipSync("text");
  responses = [(_request, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(compressed)];
  expect((await open().send(get, TIMEOUT)).body).toEqual(compressed);
});

describe("a trace", () => {
  it("has a subsegment, which the service continues", async () => {
    const { tracer, documents } = createRecorder();
    responses = [respond(200, "ok", { "x-amz-request-id": "request" })];
    const request = { ...get, path: "/key", query: { uploadId: "secret" }, resource: { bucket_name: "bucket" } };
    await open({}, tracer).send(request, TIMEOUT);
    expect(documents).toMatchObject([
      {
        name: "S3",
        namespace: "aws",
        aws: { operation: "GetObject", region: "us-east-1", bucket_name: "bucket", request_id: "request" },
        http: { response: { status: 200 } },
      },
    ]);
    expect(JSON.stringify(documents)).not.toMatch(/secret|key/);
    const [context] = received.map(({ headers }) => parseTraceHeader(String(headers["x-amzn-trace-id"])));
    expect(context).toEqual({ ...SAMPLED, parent: documents[0]?.id });
  });

  it("says why a request failed", async () => {
    const { tracer, documents } = createRecorder();
    responses = [respond(503, xmlError("SlowDown"), { "x-amz-request-id": "request" })];
    await failureOf(open({ attempts: 2 }, tracer).send(get, TIMEOUT));
    expect(documents).toMatchObject([
      {
        fault: true,
        throttle: true,
        http: { response: { status: 503 } },
        aws: { request_id: "request" },
        cause: { exceptions: [{ type: "AwsError", message: "SlowDown" }] },
      },
    ]);
  });
});

describe("errors", () => {
  it.each([
    ["XML", xmlError("NoSuchKey"), {}, "NoSuchKey"],
    ["JSON", '{"__type":"com.amazonaws.dynamodb#ThrottledX","message":"Why"}', {}, "ThrottledX"],
    [
      "JSON with a header",
      '{"Message":"Why"}',
      { "x-amzn-errortype": "ResourceNotFound:http://x/" },
      "ResourceNotFound",
    ],
  ])("are read from %s", async (_, body, headers, code) => {
    responses = [respond(400, body, { ...headers, "x-amz-request-id": "request" })];
    const error = await failureOf(open().send(get, TIMEOUT));
    expect(error).toBeInstanceOf(AwsError);
    expect(error).toMatchObject({ service: "S3", code, status: 400, requestId: "request" });
    expect(String(error)).toContain("Why");
    expect(hasCode(error, code)).toBe(true);
  });

  it("have a code also without a document", async () => {
    responses = [respond(404)];
    expect(await failureOf(open().send({ ...get, method: "HEAD" }, TIMEOUT))).toMatchObject({ code: "NotFound" });
    responses = [respond(403, "<html><p>A proxy")];
    expect(await failureOf(open().send(get, TIMEOUT))).toMatchObject({ code: "Unknown", status: 403 });
  });

  it("are found in a response whose status is 200", async () => {
    responses = [respond(200, xmlError("InternalError")), respond(200, "<CopyObjectResult/>")];
    expect((await open().send(get, TIMEOUT)).body.toString()).toBe("<CopyObjectResult/>");
    // S3 sends white space while it works.
    responses = [respond(200, `${" ".repeat(1_000)}${xmlError("InternalError")}`)];
    expect(await failureOf(open().send(get, TIMEOUT))).toMatchObject({ code: "InternalError", status: 503 });
  });
});

describe("retries", () => {
  const closeConnection: Respond = (request) => request.socket.destroy();
  const truncate: Respond = (request, response) => {
    response.writeHead(200, { "content-length": 10 }).write("12345", () => request.socket.destroy());
  };

  it.each<[string, Respond]>([
    ["500", respond(500)],
    ["503 SlowDown", respond(503, xmlError("SlowDown"))],
    ["a throttled request", respond(400, '{"__type":"ThrottlingException"}')],
    ["429", respond(429)],
    ["a late request, with a new signature", respond(403, xmlError("RequestTimeTooSkewed"))],
    ["a closed connection", closeConnection],
    ["a truncated body", truncate],
  ])("after %s, twice", async (_, failure) => {
    responses = [failure, failure, respond(200, "ok")];
    expect((await open().send(get, TIMEOUT)).body.toString()).toBe("ok");
    expect(received).toHaveLength(3);
  });

  it.each<[string, Respond]>([
    ["errors", respond(500)],
    ["closed connections", closeConnection],
  ])("end with the last attempt, after %s", async (_, failure) => {
    responses = [failure];
    await failureOf(open({ attempts: 2 }).send(get, TIMEOUT));
    expect(received).toHaveLength(2);
  });

  it.each([400, 403, 404, 409, 412, 501])("does not after %i", async (status) => {
    responses = [respond(status)];
    expect(await failureOf(open().send(get, TIMEOUT))).toMatchObject({ status });
    expect(received).toHaveLength(1);
  });

  it("sends the whole body again", async () => {
    const bodies: string[] = [];
    const read = async (request: IncomingMessage) => bodies.push(String((await request.toArray())[0]));
    server.removeAllListeners("request");
    server.on("request", async (request, response) => {
      await read(request);
      response.writeHead(bodies.length < 2 ? 500 : 200).end();
    });
    await open().send({ ...get, method: "PUT", body: "é" }, TIMEOUT);
    expect(bodies).toEqual(["é", "é"]);
  });

  it("opens a new connection when an idle one was closed, and does not count it as an attempt", async () => {
    responses = [respond(200, "one")];
    await open().send(get, TIMEOUT);
    // The server closes the connection in the moment in which the next request is sent.
    responses = [closeConnection, respond(200, "two")];
    expect((await open({ attempts: 1 }).send(get, TIMEOUT)).body.toString()).toBe("two");
  });
});

describe("time limits", () => {
  const never: Respond = () => {};

  it("end an attempt, which is repeated", async () => {
    responses = [never, respond(200, "ok")];
    expect((await open({ responseTimeout: 50 }).send(get, TIMEOUT)).body.toString()).toBe("ok");
  });

  it("end a request with all attempts", async () => {
    responses = [never];
    const error = await failureOf(open().send(get, 50));
    expect(error).toBeInstanceOf(AwsConnectionError);
    expect(received).toHaveLength(1);
  });

  it("end a body that stops", async () => {
    responses = [(_request, response) => response.writeHead(200, { "content-length": 10 }).write("12345")];
    expect(await failureOf(open({ attempts: 1 }).send(get, 50))).toBeInstanceOf(AwsConnectionError);
  });

  it("do not end a body that the caller reads", async () => {
    let finish = () => {};
    responses = [
      (_request, response) => {
        response.writeHead(200).write("1");
        finish = () => response.end("2");
      },
    ];
    const timeout = AbortSignal.timeout(50);
    const response = await open().open(get, 50);
    await once(timeout, "abort");
    finish();
    expect(Buffer.concat(await response.toArray()).toString()).toBe("12");
  });

  it("fails when nothing listens", async () => {
    server.close();
    await once(server, "close");
    expect(await failureOf(open().send(get, TIMEOUT))).toMatchObject({
      name: "AwsConnectionError",
      code: "ECONNREFUSED",
    });
  });
});
