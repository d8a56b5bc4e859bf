import { interruption } from "../command-line/interruption.ts";
import type { Terraform } from "../terraform/terraform.ts";

/**
 * Interrupts every Terraform when this command is interrupted, and starts no others.
 *
 * @returns a function to call when no Terraform will run any more.
 */
export function stopWhenInterrupted(terraform: Pick<Terraform, "stop">): () => void {
  const interrupted = interruption();
  const stop = () => terraform.stop();
  if (interrupted.aborted) stop();
  else interrupted.addEventListener("abort", stop, { once: true });
  return () => interrupted.removeEventListener("abort", stop);
}
