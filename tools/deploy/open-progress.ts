import { isInterrupted } from "../command-line/interruption.ts";
import { openTerminal } from "../command-line/terminal/terminal.ts";
import { readConfiguration } from "../synth/configuration.ts";
import type { Stack } from "../synth/manifest.ts";
import { inDeploymentOrder } from "./deployment-order.ts";
import { JsonProgress } from "./json-progress.ts";
import type { ReportedProgress } from "./progress.ts";
import { TerminalProgress } from "./terminal-progress.ts";

/**
 * @param json lines of JSON on standard output, for programs; otherwise text on standard error, for people.
 * @param direction `backward` shows the stacks in the order in which they are destroyed.
 */
export function openProgress(
  stacks: readonly Stack[],
  json: boolean,
  direction: "forward" | "backward" = "forward",
): ReportedProgress {
  if (json) return new JsonProgress(console.log, { isInterrupted });
  return new TerminalProgress({
    stacks: inDeploymentOrder(stacks, direction).map((stack) => ({
      name: stack.name,
      resources: resourceCount(stack),
    })),
    terminal: openTerminal(process.stderr),
    isDestruction: direction === "backward",
    isInterrupted,
  });
}

/** The number of resources in the configuration of a stack. */
function resourceCount(stack: Stack): number {
  const types = Object.values(readConfiguration(stack).resource);
  return types.reduce((sum, byName) => sum + Object.keys(byName).length, 0);
}
