import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const styles = readFileSync(new URL("./browser/styles/theme.css", import.meta.url), "utf8");

const [light = {}, dark = {}] = [...styles.matchAll(/:root \{([^}]*)\}/g)].map(([, block = ""]) =>
  Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, colour]) => [name, colour])),
);

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const texts = [
  ["text", "ground"],
  ["text", "surface"],
  ["muted", "ground"],
  ["muted", "surface"],
  ["accent", "surface"],
  ["accent", "ground"],
  ["danger", "surface"],
  ["good", "surface"],
  ["text", "danger-soft"],
  ["on-accent", "accent"],
  ["on-accent", "accent-strong"],
  ["on-accent", "danger"],
  ["on-accent", "danger-strong"],
] as const;

it.each(texts)("writes %s on %s so that it can be read, in light and in dark", (text, ground) => {
  for (const theme of [light, dark])
    expect(contrast(theme[text] ?? "", theme[ground] ?? "")).toBeGreaterThanOrEqual(4.5);
});

it("draws the edges of fields so that they can be seen", () => {
  for (const theme of [light, dark]) expect(contrast(theme.field ?? "", theme.surface ?? "")).toBeGreaterThanOrEqual(3);
});
