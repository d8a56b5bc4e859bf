import type { InstanceAddress } from "../../local/instance-lock.ts";
import { type Attachment, relay } from "../../local/provider/server.ts";

/** Opens a port to the provider of a running instance, for a Terraform of this process's that works in `directory`. */
export async function attachToRunning({ port, token }: InstanceAddress, directory: string): Promise<Attachment> {
  const abort = new AbortController();
  const response = await fetch(`http://127.0.0.1:${port}/_local/attach`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ directory }),
    signal: abort.signal,
  });
  const { value } = (await response.body?.getReader().read()) ?? {};
  const { port: providerPort } = JSON.parse(Buffer.from(value ?? []).toString()) as { port: number };
  // a port of our own before it: Terraform kills the process that it was told listens there when nothing does, and that must never be a stranger
  const own = await relay(providerPort);
  return {
    port: own.port,
    close: () => {
      own.close();
      abort.abort();
    },
  };
}
