import type { Socket } from "node:dgram";
import type { SegmentDocument } from "./segment.ts";

/** https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-daemon */
const HEADER = '{"format":"json","version":1}\n';

/** The largest payload of a UDP datagram over IPv4, in bytes. */
const MAX_DATAGRAM_BYTES = 65_507;

/**
 * Sends documents to the X-Ray daemon by UDP. A document that does not arrive is lost: tracing neither fails nor delays
 * what it measures.
 *
 * @param address returns `host:port`, or undefined without a daemon; called for each document
 */
export function daemonEmitter(address: () => string | undefined): (document: SegmentDocument) => void {
  let socket: Socket | undefined;
  return (document) => {
    const [, host, digits] = /^(.+):(\d+)$/.exec(address() ?? "") ?? [];
    const port = Number(digits);
    if (!(port > 0 && port < 65_536)) return;
    // Loaded when first used, because a cold start does not need it.
    socket ??= process.getBuiltinModule("node:dgram").createSocket("udp4").on("error", ignore).unref();
    socket.send(datagram(document), port, host, ignore);
  };
}

const ignore = () => {};

function datagram(document: SegmentDocument): Buffer {
  const bytes = Buffer.from(HEADER + JSON.stringify(document));
  if (bytes.byteLength <= MAX_DATAGRAM_BYTES) return bytes;
  const { cause, http, sql, annotations, ...fixedLength } = document;
  return Buffer.from(HEADER + JSON.stringify(fixedLength));
}
