import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { html } from "../server/html.ts";
import { renderPage } from "./page.ts";

const script = 'document.title = "</sc" + "ript>";';
const sources = (policy: string, directive: string): string | undefined =>
  policy
    .split("; ")
    .find((entry) => entry.startsWith(`${directive} `))
    ?.slice(directive.length + 1);
const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

function render(content: { readonly script?: string }): { body: string; policy: string } {
  const { body = "", headers } = renderPage({ title: "Test", main: html`<h1>Test</h1>`, ...content });
  return { body, policy: headers["content-security-policy"] ?? "" };
}

it("embeds its style sheet and script, and allows exactly these two by their hashes", () => {
  const { body, policy } = render({ script });
  const [, styles = ""] = /<style>(.*?)<\/style>/s.exec(body) ?? [];
  const [, embedded = ""] = /<script type="module">(.*?)<\/script>/s.exec(body) ?? [];
  expect(styles).toContain("*:after{box-sizing:border-box}");
  expect(embedded).toBe(script);
  expect(sources(policy, "style-src")).toBe(hashOf(styles));
  expect(sources(policy, "script-src")).toBe(hashOf(script));
});

it("allows no script on a page without one", () => {
  const { body, policy } = render({});
  expect(body).not.toContain("<script");
  expect(sources(policy, "default-src")).toBe("'none'");
  expect(sources(policy, "script-src")).toBeUndefined();
});
