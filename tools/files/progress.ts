import { LiveArea } from "../command-line/terminal/live-area.ts";
import type { Terminal } from "../command-line/terminal/terminal.ts";

/** Milliseconds between two drawings. */
const INTERVAL = 100;

/** The progress of transfers, drawn on a terminal and silent elsewhere. */
export class Progress {
  readonly #area: LiveArea | undefined;
  readonly #total: number;
  readonly #started = performance.now();
  #bytes = 0;
  #drawn = Number.NEGATIVE_INFINITY;

  /** @param total bytes of all transfers */
  constructor(terminal: Terminal, total: number) {
    this.#area = terminal.isLive ? new LiveArea(terminal) : undefined;
    this.#total = total;
  }

  add(bytes: number): void {
    this.#bytes += bytes;
    const now = performance.now();
    if (!this.#area || now - this.#drawn < INTERVAL) return;
    this.#drawn = now;
    const seconds = (now - this.#started) / 1_000;
    const percent = this.#total === 0 ? 100 : Math.floor((this.#bytes / this.#total) * 100);
    const rate = formatBytes(this.#bytes / Math.max(seconds, 0.001));
    this.#area.draw([`${percent} %  ${formatBytes(this.#bytes)} of ${formatBytes(this.#total)}, ${rate}/s`]);
  }

  /** Removes the drawing. */
  finish(): void {
    this.#area?.draw([]);
    this.#area?.finish();
  }
}

const UNITS = ["B", "KB", "MB", "GB", "TB"];

/** `999 B`, `1.5 KB`, `24 MB`: decimal units with two significant digits or more. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** power;
  const digits = power > 0 && value < 10 ? 1 : 0;
  return `${value.toFixed(digits)} ${UNITS[power]}`;
}
