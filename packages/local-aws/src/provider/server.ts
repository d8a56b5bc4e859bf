import { connect, createServer, type Server, type Socket } from "node:net";
import {
  Server as GrpcServer,
  ServerCredentials,
  type ServerUnaryCall,
  type sendUnaryData,
  status,
} from "@grpc/grpc-js";
import type { Provider, ProviderRequest } from "./provider.ts";
import { protocol6 } from "./wire/plugin-protocol.ts";

const PROVIDER_ADDRESS = "registry.terraform.io/hashicorp/aws";
const UNLIMITED = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

/** The connection of one Terraform run to the provider. */
export interface Attachment {
  readonly port: number;
  close(): void;
}

/**
 * Serves the provider to Terraform on the loopback interface. Each Terraform run uses a separate port instead of this
 * one ({@link attach}), so that the provider can determine the working directory of each caller.
 */
export class ProviderServer {
  readonly #grpc = new GrpcServer(UNLIMITED);
  readonly #directories = new Map<string, string>();
  #port = 0;

  /** The working directory of the Terraform process of a connection. */
  readonly directoryOf = (peer: string): string => this.#directories.get(peer) ?? process.cwd();

  async start(provider: Provider): Promise<void> {
    const definition = protocol6();
    const { GetProviderSchema } = definition;
    // The schema (350 kB) never changes, so it is encoded once.
    let schemaBytes: Buffer | undefined;
    const schemaCall = { ...GetProviderSchema, responseSerialize: (bytes: Buffer) => bytes };
    const handlers = Object.fromEntries(
      Object.entries(provider.calls).map(([name, call]) => [
        name,
        (rpc: ServerUnaryCall<ProviderRequest, object>, done: sendUnaryData<object>) => {
          Promise.resolve()
            .then(async () => {
              if (name !== "GetProviderSchema") return call(rpc.request, rpc.getPeer());
              schemaBytes ??= GetProviderSchema?.responseSerialize(await call(rpc.request, rpc.getPeer()));
              return schemaBytes as Buffer;
            })
            .then(
              (response) => done(null, response),
              (error: Error) => done({ code: status.INTERNAL, details: error.stack ?? error.message }),
            );
        },
      ]),
    );
    this.#grpc.addService({ ...definition, GetProviderSchema: schemaCall } as typeof definition, handlers);
    this.#port = await new Promise((resolve, reject) => {
      this.#grpc.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      );
    });
  }

  /** Opens a port for one Terraform run that works in `directory`. */
  async attach(directory: string): Promise<Attachment> {
    return relay(this.#port, (outgoing) => {
      const peer = `127.0.0.1:${outgoing.localPort}`;
      this.#directories.set(peer, directory);
      outgoing.once("close", () => this.#directories.delete(peer));
    });
  }

  stop(): void {
    this.#grpc.forceShutdown();
  }
}

/** Forwards all connections from a free port of this process to the port `target` on the loopback interface. */
export async function relay(target: number, onConnect: (outgoing: Socket) => void = () => {}): Promise<Attachment> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((incoming) => {
    incoming.pause();
    const outgoing = connect(target, "127.0.0.1", () => {
      onConnect(outgoing);
      incoming.pipe(outgoing).pipe(incoming);
    });
    for (const [socket, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.once("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/**
 * The variable that makes Terraform use a running provider in place of a downloaded one.
 *
 * Never write it to a file or a shell profile: when nothing listens on the port, Terraform *kills* the process with the
 * ID in the variable. Therefore the ID is always that of this process, which listens on the port and starts Terraform.
 */
export function reattachVariable(port: number): string {
  return JSON.stringify({
    [PROVIDER_ADDRESS]: {
      Protocol: "grpc",
      ProtocolVersion: 6,
      Pid: process.pid,
      Test: true, // Without this, Terraform assumes protocol 5 and panics.
      Addr: { Network: "tcp", String: `127.0.0.1:${port}` },
    },
  });
}
