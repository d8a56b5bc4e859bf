import { expect, it } from "vitest";
import { html } from "./html.ts";

it("escapes values but not HTML", () => {
  const hostile = `<script>"'&`;
  expect(`${html`<p title="${hostile}">${html`<b>${1}</b>`}${[hostile, false, undefined]}</p>`}`).toBe(
    '<p title="&#60;script&#62;&#34;&#39;&#38;"><b>1</b>&#60;script&#62;&#34;&#39;&#38;</p>',
  );
});
