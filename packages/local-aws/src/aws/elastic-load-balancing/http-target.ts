import { request as httpRequest, type IncomingMessage } from "node:http";
import type { Exchange } from "./exchange.ts";
import { CONNECTION_HEADERS, pairs } from "./listener-request.ts";
import type { HealthCheck, Target } from "./model.ts";
import { ProbeTimeoutError } from "./registered-target.ts";

/** Of a connection to a target. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html#http-504-issues */
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Passes a request to a target and its answer back, both as they come. A target that is not there or breaks off is a bad gateway, one that is silent
 * for too long a gateway time-out. Resolves when the exchange has ended.
 */
export function proxy(exchange: Exchange, { port = 0 }: Target): Promise<void> {
  return new Promise((resolve) => {
    const { request, response, idleTimeout } = exchange;
    const { message, method } = request;
    const outgoing = httpRequest({
      host: "127.0.0.1",
      port,
      method,
      path: message.url,
      headers: request.forwarded.flat(),
      setDefaultHeaders: false,
      agent: false,
    });
    const connecting = setTimeout(() => fail(504), CONNECT_TIMEOUT_MS);
    outgoing.once("socket", (socket) => socket.once("connect", () => clearTimeout(connecting)));
    outgoing.setTimeout(idleTimeout, () => fail(504));
    outgoing.once("error", () => fail(502));
    outgoing.once("response", (answer) => pass(answer));
    response.once("close", end);
    message.once("error", end);
    message.pipe(outgoing);

    function pass(answer: IncomingMessage): void {
      const headers = pairs(answer.rawHeaders).filter(([name]) => {
        const lower = name.toLowerCase();
        return !CONNECTION_HEADERS.has(lower) && lower !== "transfer-encoding";
      });
      answer.once("error", () => response.destroy());
      if (exchange.sendHead({ status: answer.statusCode ?? 502, statusText: answer.statusMessage, headers }))
        answer.pipe(response);
      else fail(502);
    }
    function fail(status: number): void {
      exchange.fail(status);
      end();
    }
    function end(): void {
      clearTimeout(connecting);
      outgoing.destroy();
      resolve();
    }
  });
}

/** Asks an HTTP target for its health. */
export function probeHttp(
  { port = 0 }: Target,
  { path, timeout, port: checkPort }: HealthCheck,
  second: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const probed = checkPort === "traffic-port" ? port : Number(checkPort);
    const headers = { host: `127.0.0.1:${probed}`, "user-agent": "ELB-HealthChecker/2.0", connection: "close" };
    const outgoing = httpRequest({ host: "127.0.0.1", port: probed, path, headers, agent: false }, (answer) => {
      answer.resume();
      clearTimeout(timer);
      resolve(answer.statusCode ?? 0);
    });
    const timer = setTimeout(
      () => outgoing.destroy(new ProbeTimeoutError(`no answer from ${probed}`)),
      timeout * second,
    );
    outgoing.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    outgoing.end();
  });
}
