import { readConfiguration } from "../../synth/configuration.ts";
import type { Stack } from "../../synth/manifest.ts";

/**
 * How a configuration uses an argument of a resource: it names it in `ignore_changes`, sets it, or leaves it to the
 * provider.
 */
export type AttributeRole = "ignored" | "set" | "unset";

/** Reads the roles of arguments from the synthesized configuration of a stack. */
export function configuredAttributes(stack: Pick<Stack, "directory">) {
  const { resource } = readConfiguration(stack);
  return (address: string, attribute: string): AttributeRole => {
    const [type = "", name = ""] = address.replace(/\[.*$/, "").split(".");
    const settings = resource[type]?.[name] ?? {};
    if (ignoredNames(settings.lifecycle).some((ignored) => ignored === "all" || ignored === attribute))
      return "ignored";
    return settings[attribute] === undefined ? "unset" : "set";
  };
}

/** The names of arguments in `ignore_changes`, or `all`. An entry such as `tags["Name"]` is of the argument `tags`. */
function ignoredNames(lifecycle: unknown): string[] {
  const blocks = (Array.isArray(lifecycle) ? lifecycle : [lifecycle]) as ({ ignore_changes?: unknown } | undefined)[];
  return blocks
    .flatMap((block) => block?.ignore_changes ?? [])
    .map((entry) => /^\w+/.exec(String(entry))?.[0] ?? String(entry));
}
