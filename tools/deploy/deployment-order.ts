import type { Stack } from "../synth/manifest.ts";

/** What the order depends on. */
export type Ordered = Pick<Stack, "name" | "dependencies">;

/**
 * Stacks in the order in which they can be deployed: first those without dependencies, then those that depend only on
 * them, and so on; by name where the order does not matter.
 *
 * @param direction `backward` for destroying.
 */
export function inDeploymentOrder<Each extends Ordered>(
  stacks: readonly Each[],
  direction: "forward" | "backward" = "forward",
): Each[] {
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const depths = new Map<Ordered, number>();
  const depthOf = (stack: Ordered): number => {
    const known = depths.get(stack);
    if (known !== undefined) return known;
    const before = stack.dependencies.flatMap((name) => byName.get(name) ?? []);
    const depth = Math.max(0, ...before.map((dependency) => depthOf(dependency) + 1));
    depths.set(stack, depth);
    return depth;
  };
  const ordered = stacks.toSorted((a, b) => depthOf(a) - depthOf(b) || a.name.localeCompare(b.name));
  return direction === "forward" ? ordered : ordered.toReversed();
}
