import { join } from "node:path";
import { type Access, restService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { Clock } from "../../runtime/clock.ts";
import { XRayDaemon } from "./daemon.ts";
import { xrayOperations } from "./operations/index.ts";
import { parseSegment } from "./parse-segment.ts";
import { ROUTES } from "./routes.ts";
import { type TraceLimits, TraceStore } from "./trace-store.ts";

export interface XRayOptions {
  /** The folder in which traces are stored. */
  readonly directory: string;
  readonly access: Access;
  readonly clock: Clock;
  readonly limits?: TraceLimits;
  /** Receives a message about each datagram that is not a valid document. Default: stderr. */
  readonly onInvalidDatagram?: (message: string) => void;
}

/** X-Ray: the API, the daemon that programs send segments to, and the traces. */
export class XRay {
  readonly service: AwsService;
  readonly traces: TraceStore;
  readonly #daemon: XRayDaemon;

  constructor({ directory, access, clock, limits, onInvalidDatagram = console.error }: XRayOptions) {
    const traces = new TraceStore(join(directory, "segments.jsonl"), limits);
    this.traces = traces;
    this.#daemon = new XRayDaemon(
      (document) => traces.put(parseSegment(document, clock.now())),
      (reason) => onInvalidDatagram(`The X-Ray daemon rejected a datagram: ${reason}`),
    );
    this.service = restService(
      { signingName: "xray", routes: ROUTES, operations: xrayOperations({ traces, clock }) },
      access,
    );
  }

  /** The value of `AWS_XRAY_DAEMON_ADDRESS`; undefined before {@link listen}. */
  get daemonAddress(): string | undefined {
    return this.#daemon.address;
  }

  /** Starts the daemon. */
  listen(): Promise<void> {
    return this.#daemon.listen();
  }

  close(): void {
    this.#daemon.close();
    this.traces.close();
  }
}
