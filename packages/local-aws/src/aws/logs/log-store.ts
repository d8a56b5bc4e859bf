import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../../runtime/clock.ts";
import { Journal } from "../../runtime/journal.ts";

const DAY_MS = 86_400_000;

/** A log event as it was put; times are milliseconds since the epoch. */
export interface LogEvent {
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
}

export interface StoredEvent extends LogEvent {
  /** Orders the events of a stream and is the same at every read. */
  readonly eventId: string;
}

export interface LogGroup {
  readonly name: string;
  readonly creationTime: number;
  /** Undefined: events are kept for ever. */
  readonly retentionInDays?: number | undefined;
}

export interface LogStream {
  readonly group: string;
  readonly name: string;
  readonly creationTime: number;
}

/**
 * Log groups, streams and events on disk: one append-only file of JSON lines for each stream. Events older than their group's retention are
 * never read again; {@link sweep} frees their space.
 */
export class LogStore {
  readonly #directory: string;
  readonly #clock: Clock;
  readonly #groups: Journal<LogGroup>;
  readonly #streams: Journal<LogStream>;
  readonly #appended = new Set<string>();

  constructor(directory: string, clock: Clock) {
    this.#directory = directory;
    this.#clock = clock;
    mkdirSync(join(directory, "events"), { recursive: true });
    this.#groups = new Journal(join(directory, "groups.journal"));
    this.#streams = new Journal(join(directory, "streams.journal"));
  }

  group(name: string): LogGroup | undefined {
    return this.#groups.get(name);
  }

  groups(): LogGroup[] {
    return this.#groups.values().sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Makes the group if it does not exist. */
  ensureGroup(name: string): void {
    if (!this.#groups.has(name)) this.#groups.set(name, { name, creationTime: this.#clock.now() });
  }

  setRetention(name: string, retentionInDays: number | undefined): void {
    const group = this.#groups.get(name);
    if (!group || group.retentionInDays === retentionInDays) return;
    this.#groups.set(name, { name, creationTime: group.creationTime, retentionInDays });
  }

  deleteGroup(name: string): void {
    for (const stream of this.streams(name)) this.deleteStream(name, stream.name);
    this.#groups.delete(name);
  }

  stream(group: string, name: string): LogStream | undefined {
    return this.#streams.get(streamKey(group, name));
  }

  streams(group: string): LogStream[] {
    return this.#streams.values().filter((stream) => stream.group === group);
  }

  /** Makes the stream if it does not exist; its group must. */
  ensureStream(group: string, name: string): void {
    const key = streamKey(group, name);
    if (!this.#streams.has(key)) this.#streams.set(key, { group, name, creationTime: this.#clock.now() });
  }

  deleteStream(group: string, name: string): void {
    this.#streams.delete(streamKey(group, name));
    const path = this.#path(group, name);
    rmSync(path, { force: true });
    this.#appended.delete(path);
  }

  append(group: string, stream: string, events: readonly { timestamp: number; message: string }[]): void {
    const ingestionTime = this.#clock.now();
    const lines = events.map(({ timestamp, message }) => `${JSON.stringify([timestamp, ingestionTime, message])}\n`);
    const path = this.#path(group, stream);
    // a crash may have torn the last line that an earlier process wrote: keep ours apart from it
    const separator = this.#appended.has(path) ? "" : "\n";
    appendFileSync(path, separator + lines.join(""));
    this.#appended.add(path);
  }

  /** The events of one stream that its group's retention has not expired, in order of time. */
  events(group: string, stream: string): StoredEvent[] {
    const path = this.#path(group, stream);
    if (!existsSync(path)) return [];
    const oldest = this.#oldestKept(group);
    // unique over all streams of the account, as the CLI that follows a log relies on
    const prefix = BigInt(`0x${fileName(group, stream).slice(0, 16)}`)
      .toString()
      .padStart(20, "0");
    const events: StoredEvent[] = [];
    for (const [index, line] of readFileSync(path, "utf8").split("\n").entries()) {
      const event = parseLine(line);
      if (!event || event.timestamp < oldest) continue;
      events.push({ ...event, eventId: `${prefix}${String(event.timestamp).padStart(16, "0")}${pad(index)}` });
    }
    return events.sort((a, b) => a.timestamp - b.timestamp);
  }

  /** Takes expired events off the disk, and streams that held nothing else. */
  sweep(): void {
    for (const group of this.groups()) {
      if (group.retentionInDays === undefined) continue;
      const oldest = this.#oldestKept(group.name);
      for (const { name } of this.streams(group.name)) this.#sweepStream(group.name, name, oldest);
    }
  }

  close(): void {
    this.#groups.close();
    this.#streams.close();
  }

  #sweepStream(group: string, stream: string, oldest: number): void {
    const path = this.#path(group, stream);
    if (!existsSync(path)) return;
    const lines = readFileSync(path, "utf8").split("\n").filter(Boolean);
    const kept = lines.filter((line) => (parseLine(line)?.timestamp ?? 0) >= oldest);
    if (kept.length === lines.length) return;
    if (kept.length === 0) {
      this.deleteStream(group, stream);
      return;
    }
    writeFileSync(`${path}.new`, `${kept.join("\n")}\n`);
    renameSync(`${path}.new`, path);
  }

  #oldestKept(group: string): number {
    const days = this.#groups.get(group)?.retentionInDays;
    return days === undefined ? 0 : this.#clock.now() - days * DAY_MS;
  }

  #path(group: string, stream: string): string {
    return join(this.#directory, "events", fileName(group, stream));
  }
}

function streamKey(group: string, stream: string): string {
  return `${group}\n${stream}`;
}

/** A digest, because names may be longer than a file name and hold slashes. */
function fileName(group: string, stream: string): string {
  return createHash("sha256").update(streamKey(group, stream)).digest("hex").slice(0, 40);
}

function pad(index: number): string {
  return String(index).padStart(20, "0");
}

/** Undefined for the empty text after the last line, and for a line torn by a crash. */
function parseLine(line: string): LogEvent | undefined {
  if (line === "") return undefined;
  try {
    const [timestamp, ingestionTime, message] = JSON.parse(line) as [number, number, string];
    return { timestamp, ingestionTime, message };
  } catch {
    return undefined;
  }
}
