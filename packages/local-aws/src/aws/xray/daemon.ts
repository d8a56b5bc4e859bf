import { createSocket } from "node:dgram";
import { once } from "node:events";

/**
 * The X-Ray daemon: receives segment documents in UDP datagrams. One serves all programs of the local AWS.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-daemon
 */
export class XRayDaemon {
  readonly #socket = createSocket("udp4");
  #address: string | undefined;

  /**
   * @param receive a document; throws to reject it.
   * @param reject receives the reason why a datagram is rejected.
   */
  constructor(receive: (document: string) => void, reject: (reason: string) => void) {
    this.#socket.on("message", (datagram) => {
      try {
        receive(documentIn(datagram.toString()));
      } catch (error) {
        reject(error instanceof Error ? error.message : String(error));
      }
    });
  }

  /** The value of `AWS_XRAY_DAEMON_ADDRESS`; undefined before {@link listen}. */
  get address(): string | undefined {
    return this.#address;
  }

  async listen(): Promise<void> {
    this.#socket.bind(0, "127.0.0.1");
    await once(this.#socket, "listening");
    this.#socket.unref();
    this.#address = `127.0.0.1:${this.#socket.address().port}`;
  }

  close(): void {
    this.#socket.close();
  }
}

/** The document after the header line `{"format": "json", "version": 1}`. */
function documentIn(datagram: string): string {
  const [header = "", document] = datagram.split(/\n(.*)/s);
  if (document === undefined || !isHeader(header)) {
    throw new Error(`A datagram begins with {"format":"json","version":1} and a line break; this one does not.`);
  }
  return document;
}

function isHeader(text: string): boolean {
  try {
    const { format, version } = JSON.parse(text) as { format?: unknown; version?: unknown };
    return format === "json" && version === 1;
  } catch {
    return false;
  }
}
