/**
 * A regular expression that matches whole texts: `*` matches any number of characters, line breaks included, and `?`
 * exactly one.
 *
 * @param wildcards the characters with a special meaning; with `"*"`, a `?` matches only itself.
 */
export function globExpression(pattern: string, wildcards: "*" | "*?" = "*?"): RegExp {
  const expression = pattern
    .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("\\?", wildcards === "*?" ? "." : "\\?");
  return new RegExp(`^${expression}$`, "s");
}
