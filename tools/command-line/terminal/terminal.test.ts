import { describe, expect, it } from "vitest";
import { openTerminal } from "./terminal.ts";

const stream = (isTTY: boolean) => ({ isTTY, rows: 24, columns: 80, write: () => true });

describe("a terminal", () => {
  it.each([
    ["a terminal", true, {}, { isLive: true, color: true }],
    ["a file", false, {}, { isLive: false, color: false }],
    ["a file with FORCE_COLOR", false, { FORCE_COLOR: "1" }, { isLive: false, color: true }],
    ["a terminal with NO_COLOR", true, { NO_COLOR: "1" }, { isLive: true, color: false }],
    ["a terminal with an empty NO_COLOR", true, { NO_COLOR: "" }, { isLive: true, color: true }],
    ["a terminal with FORCE_COLOR=0", true, { FORCE_COLOR: "0" }, { isLive: true, color: false }],
    ["both variables", true, { NO_COLOR: "1", FORCE_COLOR: "1" }, { isLive: true, color: true }],
    ["a dumb terminal", true, { TERM: "dumb" }, { isLive: false, color: false }],
    ["a CI job", true, { CI: "true" }, { isLive: false, color: false }],
    ["CI=false", true, { CI: "false" }, { isLive: true, color: true }],
  ])("is live and has color as expected: %s", (_, isTTY, variables, { isLive, color }) => {
    const terminal = openTerminal(stream(isTTY), variables as Record<string, string>);
    expect(terminal.isLive).toBe(isLive);
    expect(terminal.style("red", "text")).toBe(color ? "\u001b[31mtext\u001b[39m" : "text");
  });

  it("has the usual size when it does not tell its own", () => {
    expect(openTerminal({ isTTY: true, write: () => true }, {}).size()).toEqual({ rows: 24, columns: 80 });
  });
});
