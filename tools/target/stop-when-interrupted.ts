import { interruption } from "../command-line/interruption.ts";
import type { Terraform } from "../terraform/terraform.ts";

/** Interrupts every Terraform when this command is interrupted, and starts no others. */
export function stopWhenInterrupted(terraform: Pick<Terraform, "stop">): void {
  const interrupted = interruption();
  if (interrupted.aborted) terraform.stop();
  else interrupted.addEventListener("abort", () => terraform.stop(), { once: true });
}
