import type { Stack } from "../synth/manifest.ts";
import { readsOf } from "./reads.ts";

/** Stacks and their dependencies. */
export interface StackGraph {
  /** In an order in which they can be deployed. */
  readonly stacks: readonly string[];
  readonly edges: readonly StackEdge[];
}

export interface StackEdge {
  readonly from: string;
  /** The stack that must be deployed first. */
  readonly to: string;
  /** Names of its outputs that are read; empty when only the order matters. */
  readonly outputs: readonly string[];
}

/** The graph of synthesized stacks. */
export function stackGraph(stacks: readonly Stack[]): StackGraph {
  const edges = stacks.flatMap((stack) => {
    const reads = new Map(readsOf(stack, stacks).map(({ from, outputs }) => [from, outputs]));
    return stack.dependencies.map((to) => ({ from: stack.name, to, outputs: reads.get(to) ?? [] }));
  });
  return { stacks: inOrder(stacks), edges };
}

function inOrder(stacks: readonly Stack[]): string[] {
  const ordered = new Set<string>();
  const add = (name: string): void => {
    if (ordered.has(name)) return;
    for (const dependency of [...(stacks.find((stack) => stack.name === name)?.dependencies ?? [])].sort())
      add(dependency);
    ordered.add(name);
  };
  for (const name of stacks.map((stack) => stack.name).sort()) add(name);
  return [...ordered];
}

/** Text for a terminal: each stack with the outputs that it reads, in the order of a deployment. */
export function graphText({ stacks, edges }: StackGraph): string {
  const width = Math.max(...stacks.map((name) => name.length));
  return stacks
    .map((name) => {
      const read = edges.filter(({ from, outputs }) => from === name && outputs.length > 0);
      const lines = read.map(({ to, outputs }) => `${to} (${outputs.join(", ")})`);
      return `${name.padEnd(width)}  ${lines.join(`\n${" ".repeat(width)}  `)}`.trimEnd();
    })
    .join("\n");
}

/** A Mermaid diagram: arrows point to the stacks that are read. */
export function graphMermaid({ stacks, edges }: StackGraph): string {
  const lines = edges.filter(({ outputs }) => outputs.length > 0).map(({ from, to }) => `  ${from} --> ${to}`);
  return ["graph LR", ...stacks.map((name) => `  ${name}`), ...lines].join("\n");
}
