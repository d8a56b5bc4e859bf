import { stackGraph } from "../deploy/graph.ts";
import type { Stack } from "../synth/manifest.ts";
import { SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import { networkOf } from "./network.ts";
import { drawNetwork } from "./network-drawing.ts";
import { drawStacks } from "./stack-drawing.ts";
import type { Svg } from "./svg.ts";

/** The environment that the pictures show: production, with everything that it may have. */
export const PICTURED = {
  NV_DEMO_ENVIRONMENT: "prod",
  NV_DEMO_ACCOUNT_ID: "123456789012",
  NV_DEMO_DOMAIN: "files.example.com",
  NV_DEMO_PARTS: "all",
} as const;

/** Name of a file in `docs/diagrams` → the picture, of synthesized stacks. @param prefix of their names. */
export function pictures(stacks: readonly Stack[], prefix: string): Readonly<Record<string, Svg>> {
  return {
    "stacks.svg": drawStacks(stackGraph(stacks)),
    "network.svg": drawNetwork(networkOf(SynthesizedStacks.read(stacks), prefix)),
  };
}
