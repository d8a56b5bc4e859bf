import { expect, it } from "vitest";
import { previewKindOf } from "./preview-kind.ts";

it.each([
  ["image/png", "x", "image"],
  ["IMAGE/SVG+XML; charset=utf-8", "x", "image"],
  ["text/html", "x.html", "text"],
  ["application/xhtml+xml", "x", "text"],
  ["application/json", "x", "text"],
  ["application/pdf", "x", "pdf"],
  ["audio/mpeg", "x", "audio"],
  ["video/mp4", "x", "video"],
  ["application/zip", "x.txt", "none"],
  ["application/octet-stream", "notes.MD", "text"],
  ["binary/octet-stream", "photo.jpeg", "image"],
  ["application/octet-stream", "program", "none"],
  ["", "x.txt", "none"],
])("shows %s named %s as %s", (type, name, kind) => {
  expect(previewKindOf(type, name)).toBe(kind);
});
