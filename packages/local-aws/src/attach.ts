import type { InstanceAddress } from "./instance-lock.ts";
import { type Attachment, reattachVariable, relay } from "./provider/server.ts";

/** The connection of one Terraform process to the local provider. Close it when the process has ended. */
export interface TerraformAttachment {
  /**
   * Variables for the environment of Terraform. Never write them to a file or a shell profile; see {@link
   * reattachVariable}.
   */
  readonly variables: { readonly TF_REATTACH_PROVIDERS: string };
  close(): void;
}

export function terraformAttachment({ port, close }: Attachment): TerraformAttachment {
  return { variables: { TF_REATTACH_PROVIDERS: reattachVariable(port) }, close };
}

/** Attaches the provider of an instance in another process to a Terraform process that runs in `directory`. */
export async function attachToRunning(
  { port, token }: InstanceAddress,
  directory: string,
): Promise<TerraformAttachment> {
  const abort = new AbortController();
  const response = await fetch(`http://127.0.0.1:${port}/_local/attach`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ directory }),
    signal: abort.signal,
  });
  const { value } = (await response.body?.getReader().read()) ?? {};
  const { port: providerPort } = JSON.parse(Buffer.from(value ?? []).toString()) as { port: number };
  // Relays through a port of this process: when nothing listens on the port in the variable, Terraform kills the
  // process whose ID is in the variable.
  const own = await relay(providerPort);
  return terraformAttachment({
    port: own.port,
    close: () => {
      own.close();
      abort.abort();
    },
  });
}
