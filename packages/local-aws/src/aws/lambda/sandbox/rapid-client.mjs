/**
 * The runtime interface client's way to the Runtime API, in place of its compiled `rapid-client.node`: the same functions over `node:http`, so
 * that no compiler is needed to install it. Runs inside the sandbox, as plain JavaScript, because there the loading of a type stripper would
 * count as the function's own start-up time and memory.
 */
import { Agent, request } from "node:http";

const [host, port] = (process.env.AWS_LAMBDA_RUNTIME_API ?? "").split(":");
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** What was posted last; `next` waits for it, since the compiled client's posts are synchronous. */
let posted = Promise.resolve();

export function initializeClient() {}

export async function next() {
  await posted;
  return call("GET", "/invocation/next");
}

export function done(requestId, body) {
  posted = call("POST", `/invocation/${requestId}/response`, body);
}

export function error(requestId, body) {
  posted = call("POST", `/invocation/${requestId}/error`, body);
}

function call(method, path, body) {
  const headers = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    request({ host, port, agent, method, path: `/2018-06-01/runtime${path}`, headers }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => resolve({ bodyJson: Buffer.concat(chunks).toString(), headers: response.headers }));
    })
      .on("error", reject)
      .end(body);
  });
}
