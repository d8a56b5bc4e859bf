import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const styles = readFileSync(new URL("./browser/styles/theme.css", import.meta.url), "utf8");

const [light = {}, dark = {}] = [...styles.matchAll(/:root \{([^}]*)\}/g)].map(([, block = ""]) =>
  Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, color]) => [name, color])),
);

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((start) => Number.parseInt(color.slice(start, start + 2), 16) / 255)
    .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(first: string, second: string): number {
  const [darker = 0, lighter = 0] = [luminance(first), luminance(second)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const textOnBackground = [
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

it.each(textOnBackground)("%s on %s has a contrast of 4.5:1 in both color schemes", (text, background) => {
  for (const theme of [light, dark])
    expect(contrast(theme[text] ?? "", theme[background] ?? "")).toBeGreaterThanOrEqual(4.5);
});

it("borders of input fields have a contrast of 3:1 in both color schemes", () => {
  for (const theme of [light, dark]) expect(contrast(theme.field ?? "", theme.surface ?? "")).toBeGreaterThanOrEqual(3);
});
