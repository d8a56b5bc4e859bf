/**
 * The value at a path such as `$.detail.items[0].name` or `$.detail['a b']`, the forms that EventBridge supports;
 * undefined if there is none.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
 */
export function valueAt(value: unknown, path: string): unknown {
  let current = value;
  for (const [, name, index, quoted] of path.matchAll(/\.([\w-]+)|\[(\d+)\]|\['([^']+)'\]/g)) {
    if (typeof current !== "object" || current === null) return undefined;
    current = (current as Record<string, unknown>)[name ?? index ?? quoted ?? ""];
  }
  return current;
}
