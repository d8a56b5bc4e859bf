import { request as httpRequest, type IncomingMessage } from "node:http";
import type { Exchange } from "./exchange.ts";
import { CONNECTION_HEADERS, pairs } from "./listener-request.ts";
import { ProbeTimeoutError } from "./registered-target.ts";
import type { Target } from "./target.ts";
import type { HealthCheck } from "./target-group-settings.ts";

/**
 * Time limit for the connection to a target.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html#http-504-issues
 */
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Streams a request to a target, and its response back. Responds with 502 if the target refuses or closes the
 * connection, and with 504 if it exceeds the idle timeout. Resolves when the exchange has ended.
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
    outgoing.once("response", pass);
    response.once("close", end);
    message.once("error", end);
    message.pipe(outgoing);

    function pass(incoming: IncomingMessage): void {
      const headers = pairs(incoming.rawHeaders).filter(([name]) => {
        const lower = name.toLowerCase();
        return !CONNECTION_HEADERS.has(lower) && lower !== "transfer-encoding";
      });
      incoming.once("error", () => response.destroy());
      if (exchange.sendHead({ status: incoming.statusCode ?? 502, statusText: incoming.statusMessage, headers }))
        incoming.pipe(response);
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

/**
 * Requests the health check path of a target.
 *
 * @returns the status.
 * @throws ProbeTimeoutError, or the error of the connection.
 */
export function probeHttp(
  { port = 0 }: Target,
  { path, timeout, port: checkPort }: HealthCheck,
  second: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const probed = checkPort === "traffic-port" ? port : Number(checkPort);
    const headers = { host: `127.0.0.1:${probed}`, "user-agent": "ELB-HealthChecker/2.0", connection: "close" };
    const outgoing = httpRequest({ host: "127.0.0.1", port: probed, path, headers, agent: false }, (incoming) => {
      incoming.resume();
      clearTimeout(timer);
      resolve(incoming.statusCode ?? 0);
    });
    const timer = setTimeout(
      () => outgoing.destroy(new ProbeTimeoutError(`Port ${probed} did not respond.`)),
      timeout * second,
    );
    outgoing.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    outgoing.end();
  });
}
