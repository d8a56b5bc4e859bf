import { stackGraph } from "../deploy/graph.ts";
import type { Stack } from "../synth/manifest.ts";
import { SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import { architectureOf } from "./architecture.ts";
import { drawArchitecture } from "./draw-architecture.ts";
import { drawNetwork } from "./draw-network.ts";
import { drawStacks } from "./draw-stacks.ts";
import { networkOf } from "./network.ts";
import type { Svg } from "./svg.ts";

/** The environment that the diagrams show: production with all parts. */
export const DIAGRAM_ENVIRONMENT = {
  NV_DEMO_ENVIRONMENT: "prod",
  NV_DEMO_ACCOUNT_ID: "123456789012",
  NV_DEMO_DOMAIN: "files.example.com",
  NV_DEMO_PARTS: "all",
} as const;

/** The systems that have a document in `docs/systems`. */
export const DRAWN_SYSTEMS = ["files", "shout", "hello", "sum", "releases"] as const;

/**
 * The diagrams of synthesized stacks by file name in `docs/diagrams`.
 *
 * @param prefix of the names in the environment.
 */
export function drawDiagrams(stacks: readonly Stack[], prefix: string): Readonly<Record<string, Svg>> {
  const synthesized = SynthesizedStacks.read(stacks);
  const systems = DRAWN_SYSTEMS.map((name) => [
    `${name}.svg`,
    drawArchitecture(architectureOf(name, synthesized, prefix)),
  ]);
  return {
    ...Object.fromEntries(systems),
    "stacks.svg": drawStacks(stackGraph(stacks)),
    "network.svg": drawNetwork(networkOf(synthesized, prefix)),
  };
}
