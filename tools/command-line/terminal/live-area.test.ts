import { expect, it } from "vitest";
import { LiveArea } from "./live-area.ts";
import { FakeTerminal } from "./testing/fake-terminal.ts";

it("replaces its lines, and leaves what is above", () => {
  const terminal = new FakeTerminal({ rows: 8, columns: 20 });
  const opened = terminal.open();
  opened.write("above\n");
  const area = new LiveArea(opened);
  area.draw(["one", "two", "three"]);
  area.draw(["1", "2"]);
  expect(terminal.lines()).toEqual(["above", "1", "2"]);
  area.finish();
  opened.write("below\n");
  area.draw(["again"]);
  expect(terminal.lines()).toEqual(["above", "1", "2", "below", "again"]);
});

it("draws fewer lines than the terminal has, and cuts lines that are too long", () => {
  const terminal = new FakeTerminal({ rows: 3, columns: 10 });
  const area = new LiveArea(terminal.open());
  for (let time = 0; time < 3; time += 1) area.draw(["a".repeat(30), "b", "c", "d"]);
  expect(terminal.lines()).toEqual(["aaaaaaaa…", "b"]);
  expect(terminal.scrolledAway).toEqual([]);
});
