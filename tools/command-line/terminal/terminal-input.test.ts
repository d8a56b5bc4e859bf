import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { openTerminalInput } from "./terminal-input.ts";

function open({ isTTY = true } = {}) {
  const input = Object.assign(new PassThrough(), { isTTY, setRawMode: () => {} });
  const output = new PassThrough();
  let shown = "";
  output.on("data", (chunk) => {
    shown += String(chunk);
  });
  return { input, shown: () => shown, terminal: openTerminalInput(input, output) };
}

describe("a question on the terminal", () => {
  it("is shown with its answer", async () => {
    const { input, terminal, shown } = open();
    const answer = terminal.ask("Name: ");
    input.write("ann\r");
    expect(await answer).toBe("ann");
    expect(shown()).toContain("Name: ");
    expect(shown()).toContain("ann");
  });

  it("for a secret shows nothing of it, also when it is corrected", async () => {
    const { input, terminal, shown } = open();
    const answer = terminal.askSecret("Password: ");
    input.write("correctx\u007f horse\r");
    expect(await answer).toBe("correct horse");
    expect(shown()).toBe("Password: \n");
    const again = terminal.askSecret("Again: ");
    input.write("other\r");
    expect(await again).toBe("other");
    expect(shown()).toBe("Password: \nAgain: \n");
  });

  it("ends the command on Ctrl-C, and is a usage error on Ctrl-D", async () => {
    const interrupted = open();
    const answer = interrupted.terminal.askSecret("Password: ");
    interrupted.input.write("half\u0003");
    await expect(answer).rejects.toMatchObject({ code: "INTERRUPTED", exitCode: 130 });
    const ended = open();
    const nothing = ended.terminal.askSecret("Password: ");
    ended.input.write("\u0004");
    await expect(nothing).rejects.toMatchObject({ code: "USAGE" });
  });
});

describe("a pipe", () => {
  it("is read to its end as UTF-8", async () => {
    const { input, terminal } = open({ isTTY: false });
    expect(terminal.isTerminal).toBe(false);
    const [first, second] = [Buffer.from("pässword").subarray(0, 2), Buffer.from("pässword").subarray(2)];
    input.write(first);
    input.end(second);
    expect(await terminal.readAll()).toBe("pässword");
  });

  it("with other bytes is a usage error", async () => {
    const { input, terminal } = open({ isTTY: false });
    input.end(Buffer.from([0xff, 0xfe]));
    await expect(terminal.readAll()).rejects.toMatchObject({ code: "USAGE" });
  });
});
