import { LiveArea } from "../command-line/terminal/live-area.ts";
import type { Terminal } from "../command-line/terminal/terminal.ts";
import { duration } from "../command-line/terminal/text.ts";
import { systemTicker, type Ticker } from "../command-line/terminal/ticker.ts";
import { NOT_STARTED, type TerraformEvent } from "../terraform/terraform.ts";
import { isInterruption } from "./interrupted.ts";
import type { ReportedProgress } from "./progress.ts";
import { renderBoard, totalsText } from "./render-board.ts";
import { type BoardStack, StackBoard } from "./stack-board.ts";

/** A terminal is drawn at most this often while resources are applied. */
const REDRAW_MS = 50;

export interface TerminalProgressOptions {
  /** In the order in which they are shown. */
  readonly stacks: readonly BoardStack[];
  readonly terminal: Terminal;
  /** Whether the stacks are destroyed: then no resource is left unchanged. */
  readonly isDestruction?: boolean;
  /** Whether the command was interrupted, which then explains a failure. */
  readonly isInterrupted?: () => boolean;
  /** Milliseconds. */
  readonly now?: () => number;
  readonly ticker?: Ticker;
}

/**
 * The state of each stack: drawn in place on a terminal, never with more lines than it has; elsewhere one plain line
 * when a stack has ended.
 */
export class TerminalProgress implements ReportedProgress {
  readonly #terminal: Terminal;
  readonly #now: () => number;
  readonly #isInterrupted: () => boolean;
  readonly #isDestruction: boolean;
  readonly #board: StackBoard;
  readonly #area: LiveArea;
  readonly #width: number;
  readonly #failures: [stack: string, errors: string][] = [];
  #stopTicking: (() => void) | undefined;
  #drawnAt = Number.NEGATIVE_INFINITY;

  constructor({ stacks, terminal, ...options }: TerminalProgressOptions) {
    const {
      isInterrupted = () => false,
      isDestruction = false,
      now = () => performance.now(),
      ticker = systemTicker,
    } = options;
    this.#terminal = terminal;
    this.#now = now;
    this.#isInterrupted = isInterrupted;
    this.#isDestruction = isDestruction;
    this.#board = new StackBoard(stacks, now);
    this.#area = new LiveArea(terminal);
    this.#width = Math.max(...stacks.map(({ name }) => name.length));
    if (terminal.isLive && stacks.length > 0) this.#stopTicking = ticker(() => this.#draw());
    this.#draw();
  }

  begin(stack: string, phase: string): void {
    this.#board.begin(stack, phase);
    this.#draw();
  }

  event(stack: string, event: TerraformEvent): void {
    this.#board.event(stack, event);
    if (this.#now() - this.#drawnAt >= REDRAW_MS) this.#draw();
  }

  done(stack: string, summary: string): void {
    this.#end(stack, "done", summary);
  }

  fail(stack: string, errors: string): void {
    if (this.#isInterrupted() && isInterruption(errors)) {
      this.#end(stack, "interrupted", errors === NOT_STARTED ? "not started" : "interrupted");
      return;
    }
    this.#failures.push([stack, errors]);
    this.#end(stack, "failed", "failed");
  }

  skip(stack: string, because: string): void {
    if (this.#isInterrupted() && this.#board.row(because).status === "interrupted") {
      this.#end(stack, "interrupted", "not started");
    } else this.#end(stack, "skipped", `skipped, because ${because} did not succeed`);
  }

  /** Prints the totals and the errors below the stacks. Call when everything has ended. */
  report(): void {
    this.#finish();
    this.#terminal.write(`${totalsText(this.#board, this.#now(), this.#isDestruction)}\n`);
    for (const [stack, errors] of this.#failures) {
      this.#terminal.write(`\n${this.#terminal.style("red", `${stack}:`)}\n${errors}\n`);
    }
  }

  #end(stack: string, status: "done" | "failed" | "interrupted" | "skipped", text: string): void {
    this.#board.end(stack, status, text);
    this.#draw();
    if (!this.#terminal.isLive) this.#terminal.write(`${this.#plainLine(stack)}\n`);
    if (this.#board.isComplete) this.#finish();
  }

  /** `  vpc  62 resources, 62 added in 3.2 s`. */
  #plainLine(stack: string): string {
    const row = this.#board.row(stack);
    const { resources, status } = row;
    const elapsed = this.#board.elapsed(row);
    const preposition = status === "done" ? "in" : "after";
    const count = resources === undefined ? "" : `${resources} resources, `;
    const time = elapsed === undefined || status === "skipped" ? "" : ` ${preposition} ${duration(elapsed)}`;
    return `  ${stack.padEnd(this.#width)}  ${count}${row.text}${time}`;
  }

  #draw(): void {
    if (!this.#stopTicking) return;
    const now = this.#now();
    this.#drawnAt = now;
    this.#area.draw(renderBoard(this.#board, this.#terminal, now, this.#area.capacity));
  }

  #finish(): void {
    if (!this.#stopTicking) return;
    const now = this.#now();
    // The totals take the place of the progress.
    this.#area.draw(renderBoard(this.#board, this.#terminal, now, this.#area.capacity).slice(0, -1));
    this.#area.finish();
    this.#stopTicking();
    this.#stopTicking = undefined;
  }
}
