export interface Difference {
  /** Property names separated by dots, such as `hello.stages.live.throttling.rate`. */
  readonly path: string;
  /** Undefined if not set. */
  readonly left: unknown;
  readonly right: unknown;
}

/** The values in which two objects differ, in the order of the first. */
export function differences(left: unknown, right: unknown): Difference[] {
  const before = new Map(leaves(left));
  const after = new Map(leaves(right));
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((path) => ({ path, left: before.get(path), right: after.get(path) }))
    .filter((pair) => JSON.stringify(pair.left) !== JSON.stringify(pair.right));
}

/**
 * Every value with its path. An array of primitives is one value; elements that are objects are identified by their
 * `name`.
 */
function leaves(value: unknown, path = ""): [string, unknown][] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  if (Array.isArray(value) && value.every((member) => typeof member !== "object")) return [[path, value]];
  return Object.entries(value).flatMap(([key, member]) => {
    const name = Array.isArray(value) ? String((member as { name?: string }).name ?? key) : key;
    return leaves(member, path === "" ? name : `${path}.${name}`);
  });
}

/** Renders a value for the terminal. */
export function renderValue(value: unknown): string {
  if (value === undefined || value === null) return "not set";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(", ");
  return String(value);
}
