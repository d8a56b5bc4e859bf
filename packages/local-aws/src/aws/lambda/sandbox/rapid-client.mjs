/**
 * Client of the Runtime API for the runtime interface client. It replaces the compiled `rapid-client.node` with the
 * same functions over `node:http`, so that no compiler is needed for installation. It is JavaScript because loading a
 * type stripper would add to the start-up time and memory of the function.
 */
import { Agent, request } from "node:http";

const [host, port] = (process.env.AWS_LAMBDA_RUNTIME_API ?? "").split(":");
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** The last POST request. `next` waits for it, since those of the compiled client are synchronous. */
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
