import { EventEmitter } from "node:events";
import { afterEach, expect, it, vi } from "vitest";
import { Keyboard } from "./keyboard.ts";

class FakeInput extends EventEmitter {
  isRaw = false;
  isRead = false;
  readonly isTTY: boolean;

  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }

  setRawMode(isRaw: boolean) {
    this.isRaw = isRaw;
  }
  resume() {
    this.isRead = true;
  }
  pause() {
    this.isRead = false;
  }
  press(keys: string) {
    this.emit("data", Buffer.from(keys));
  }
}

let keyboard: Keyboard;
afterEach(() => keyboard.stop());

function open(input: FakeInput, { isForeground = true } = {}) {
  const calls = { help: vi.fn(), onInterrupt: vi.fn(), suspend: vi.fn() };
  keyboard = new Keyboard({
    input,
    actions: { h: calls.help },
    onInterrupt: calls.onInterrupt,
    suspend: calls.suspend,
    isForeground: () => isForeground,
  });
  keyboard.start();
  return calls;
}

it("runs the action of a key in either case, and ignores other keys and escape sequences", () => {
  const input = new FakeInput(true);
  const { help, onInterrupt } = open(input);
  expect(input).toMatchObject({ isRaw: true, isRead: true });
  for (const keys of ["h", "H", "xh", "\u001b[h", "?"]) input.press(keys);
  expect(help).toHaveBeenCalledTimes(3);
  expect(onInterrupt).not.toHaveBeenCalled();
});

it("interrupts on Ctrl-C, which is not a signal in raw mode", () => {
  const input = new FakeInput(true);
  const { onInterrupt } = open(input);
  input.press("\u0003");
  expect(onInterrupt).toHaveBeenCalledOnce();
});

it("answers a question with the next key, which then has no other effect", async () => {
  const input = new FakeInput(true);
  const { help, onInterrupt } = open(input);
  const question = new AbortController();
  const answer = keyboard.nextKey(question.signal);
  input.press("H");
  expect(await answer).toBe("h");
  expect(help).not.toHaveBeenCalled();
  input.press("h");
  expect(help).toHaveBeenCalledOnce();

  const unanswered = keyboard.nextKey(question.signal);
  input.press("\u0003");
  expect(onInterrupt).toHaveBeenCalledOnce();
  question.abort();
  expect(await unanswered).toBeUndefined();
  expect(await keyboard.nextKey(question.signal)).toBeUndefined();
  input.press("h");
  expect(help).toHaveBeenCalledTimes(2);
});

it("restores the terminal when it stops, when the process exits, and while it is suspended", () => {
  const input = new FakeInput(true);
  const { suspend, help } = open(input);
  input.press("\u001a");
  expect(suspend).toHaveBeenCalledOnce();
  expect(input).toMatchObject({ isRaw: false, isRead: false });
  process.emit("SIGCONT", "SIGCONT");
  expect(input.isRaw).toBe(true);
  input.press("h");
  expect(help).toHaveBeenCalledOnce();
  keyboard.stop();
  expect(input).toMatchObject({ isRaw: false, isRead: false });
  process.emit("SIGCONT", "SIGCONT");
  expect(input.isRaw).toBe(false);
});

it.each([
  ["is not a terminal", new FakeInput(false), {}],
  ["belongs to another process", new FakeInput(true), { isForeground: false }],
])("does nothing when the input %s", (_, input, options) => {
  open(input, options);
  expect(keyboard.isActive).toBe(false);
  expect(input).toMatchObject({ isRaw: false, isRead: false });
});
