import { XMLValidator } from "fast-xml-parser";
import { expect, it } from "vitest";
import { drawRecording } from "./draw-recording.ts";
import { Screen } from "./screen.ts";

function recording(...outputs: readonly string[]): string {
  const screen = new Screen({ rows: 4, columns: 20 });
  const frames = outputs.map((output, index) => {
    screen.write(output);
    return { at: index * 4_000, lines: screen.lines() };
  });
  return drawRecording(frames, { rows: 4, columns: 20, description: "A & B", longestPause: 2_000 });
}

it("is well-formed SVG with a text alternative", () => {
  const drawn = recording("$ npm start <x>\r\n", "\u001b[32m✔\u001b[39m done & dusted");
  expect(XMLValidator.validate(drawn)).toBe(true);
  expect(drawn).toContain("<title>A &amp; B</title>");
  expect(drawn).toContain("done &amp; dusted");
  expect(drawn).toContain('class="c2"');
});

it("contains a line that several frames show once", () => {
  const drawn = recording("one\r\n", "two\r\n", "three\r\n");
  expect(drawn.match(/>one</g)).toHaveLength(1);
  expect(drawn.match(/href="#l0"/g)).toHaveLength(3);
});

it("shortens long pauses, and shows the last frame longer", () => {
  const drawn = recording("one\r\n", "two\r\n");
  // The second frame begins after 4 s, which are shortened to 2 s, of 14 s.
  expect(drawn).toContain("0.00%{transform:translateX(0px)}14.29%{transform:translateX(-200px)}");
  expect(drawn).toContain("animation:play 14.0s");
});

it("shows the last frame to readers who prefer reduced motion", () => {
  expect(recording("one\r\n", "two\r\n")).toMatch(
    /prefers-reduced-motion:reduce\){\.strip{animation:none;transform:translateX\(-200px\)}}/,
  );
});
