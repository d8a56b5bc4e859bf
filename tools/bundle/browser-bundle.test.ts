import { describe, expect, it } from "vitest";
import { bundleForBrowser } from "./browser-bundle.ts";

describe("bundleForBrowser", () => {
  it("compiles a script with its imports to JavaScript and lists its inputs", async () => {
    const { text, inputs } = await bundleForBrowser("services/adder/browser/add-number.ts");
    expect(() => new Function(`return async () => {${text}}`)).not.toThrow();
    expect(text).toContain("/add_number");
    expect(inputs).toContain("services/adder/browser/add-number.ts");
    expect(inputs).toContain("lib/sum/browser/message.ts");
  });

  it("minifies a style sheet with its imports and lists its inputs", async () => {
    const { text, inputs } = await bundleForBrowser("lib/sum/browser/styles/index.css");
    expect(text).not.toContain("@import");
    expect(text).toContain("h1{margin:0 0 .5rem;");
    expect(inputs).toContain("lib/sum/browser/styles/theme.css");
  });
});
