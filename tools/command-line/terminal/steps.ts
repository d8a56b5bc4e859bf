import { LiveArea } from "./live-area.ts";
import { type Status, symbolOf } from "./symbols.ts";
import type { Terminal } from "./terminal.ts";
import { duration, widthOf } from "./text.ts";
import { systemTicker, type Ticker } from "./ticker.ts";

/** One step of several, such as a synthesis. */
export interface Step {
  /** Replaces the text: `Bundling 3 of 21 services`. */
  update(text: string): void;
  /** Ends the step with a text that says what was done: `Bundled 21 services`. */
  done(text: string): void;
  fail(text: string): void;
}

interface Row {
  text: string;
  status: Status;
  readonly startedAt: number;
  endedAt?: number;
}

/** Receives steps; a command without output for people ignores them. */
export interface StepReporter {
  begin(text: string): Step;
  /** Call when all steps have ended, before anything else is written. Steps that have not ended were interrupted. */
  close(): void;
}

const IGNORED: Step = { update: () => {}, done: () => {}, fail: () => {} };
export const silentSteps: StepReporter = { begin: () => IGNORED, close: () => {} };

/**
 * Steps that may overlap, with the time that each takes: drawn in place on a terminal, and elsewhere one line when a
 * step begins and one when it ends.
 */
export class Steps implements StepReporter {
  readonly #terminal: Terminal;
  readonly #now: () => number;
  readonly #area: LiveArea;
  readonly #rows: Row[] = [];
  readonly #stopTicking: () => void;
  #closed = false;

  constructor(terminal: Terminal, now: () => number = () => performance.now(), ticker: Ticker = systemTicker) {
    this.#terminal = terminal;
    this.#now = now;
    this.#area = new LiveArea(terminal);
    this.#stopTicking = terminal.isLive ? ticker(() => this.#draw()) : () => {};
  }

  begin(text: string): Step {
    const row: Row = { text, status: "running", startedAt: this.#now() };
    this.#rows.push(row);
    if (!this.#terminal.isLive) this.#terminal.write(`${text} …\n`);
    this.#draw();
    return {
      update: (updated) => {
        row.text = updated;
      },
      done: (ended) => this.#end(row, "done", ended),
      fail: (ended) => this.#end(row, "failed", ended),
    };
  }

  close(): void {
    if (this.#closed) return;
    for (const row of this.#rows) {
      if (row.status === "running") this.#end(row, "interrupted", `${row.text}: interrupted`);
    }
    this.#draw();
    this.#closed = true;
    this.#stopTicking();
    this.#area.finish();
  }

  #end(row: Row, status: Status, text: string): void {
    if (this.#closed || row.status !== "running") return;
    row.status = status;
    row.text = text;
    row.endedAt = this.#now();
    const time = duration(row.endedAt - row.startedAt);
    if (!this.#terminal.isLive) this.#terminal.write(`${text}${status === "done" ? ` in ${time}` : ""}\n`);
    this.#draw();
  }

  #draw(): void {
    if (!this.#terminal.isLive || this.#closed) return;
    const now = this.#now();
    const width = Math.max(...this.#rows.map(({ text }) => widthOf(text)));
    this.#area.draw(
      this.#rows.map(({ text, status, startedAt, endedAt = now }) => {
        const time = this.#terminal.style("dim", duration(endedAt - startedAt));
        return `  ${symbolOf(status, this.#terminal, now)} ${text.padEnd(width)}  ${time}`;
      }),
    );
  }
}
