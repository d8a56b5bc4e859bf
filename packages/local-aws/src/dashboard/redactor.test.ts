import { expect, it } from "vitest";
import { Redactor } from "./redactor.ts";

const SECRET = 'p"ss/w0rd+$^x';
const redact = (value: unknown, ...secrets: string[]) => new Redactor(() => secrets).stringify(value);

it("masks a secret wherever it occurs", () => {
  const shown = redact({ log: `password is ${SECRET}.`, list: [{ deep: SECRET }] }, SECRET);
  expect(JSON.parse(shown)).toEqual({ log: "password is ••••••••.", list: [{ deep: "••••••••" }] });
});

it("masks a secret inside of a JSON text and of a URL", () => {
  const shown = redact({ body: JSON.stringify({ SECRET }), url: `/?p=${encodeURIComponent(SECRET)}` }, SECRET);
  expect(JSON.parse(shown)).toEqual({ body: '{"SECRET":"••••••••"}', url: "/?p=••••••••" });
});

it("masks the secret members of a JSON secret, and not the others", () => {
  const secret = JSON.stringify({ username: "administrator", password: "correct-horse", host: "database.local" });
  const shown = redact(["administrator", "correct-horse", "database.local", secret], secret);
  expect(JSON.parse(shown)).toEqual(["administrator", "••••••••", "database.local", "••••••••"]);
});

it("masks the longer one of two secrets of which one contains the other", () => {
  expect(redact("abcdefghijkl", "abcdefgh", "abcdefghijkl")).toBe('"••••••••"');
});

it("leaves short texts, because they occur in unrelated places", () => {
  expect(redact("an init event", "init", "")).toBe('"an init event"');
});
