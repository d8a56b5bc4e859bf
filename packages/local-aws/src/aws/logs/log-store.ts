import { createHash } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Clock } from "../../runtime/clock.ts";
import { Journal } from "../../runtime/journal.ts";

const DAY_MS = 86_400_000;

/** A log event as it was written. Times are milliseconds since the epoch. */
export interface LogEvent {
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
}

export interface StoredEvent extends LogEvent {
  /** Increases with the position in the stream and is the same at every read. */
  readonly eventId: string;
}

export interface LogGroup {
  readonly name: string;
  readonly creationTime: number;
  /** Undefined: events never expire. */
  readonly retentionInDays?: number | undefined;
}

export interface LogStream {
  readonly group: string;
  readonly name: string;
  readonly creationTime: number;
}

/** Receives the events that are appended to a stream. */
export type LogListener = (group: string, stream: string, events: readonly StoredEvent[]) => void;

/**
 * Log groups, streams and events on disk, with one append-only file of JSON lines per stream. Events that are older
 * than the retention of their group are never returned; {@link LogStore.sweep} frees their space.
 */
export class LogStore {
  readonly #directory: string;
  readonly #clock: Clock;
  readonly #groups: Journal<LogGroup>;
  readonly #streams: Journal<LogStream>;
  /** Lines of each file that this process has appended to. */
  readonly #lines = new Map<string, number>();
  readonly #listeners = new Set<LogListener>();

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

  /** Creates the group if it does not exist. */
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

  /** Creates the stream if it does not exist. The group must exist. */
  ensureStream(group: string, name: string): void {
    const key = streamKey(group, name);
    if (!this.#streams.has(key)) this.#streams.set(key, { group, name, creationTime: this.#clock.now() });
  }

  deleteStream(group: string, name: string): void {
    this.#streams.delete(streamKey(group, name));
    const path = this.#path(group, name);
    rmSync(path, { force: true });
    this.#lines.delete(path);
  }

  append(group: string, stream: string, events: readonly { timestamp: number; message: string }[]): void {
    const ingestionTime = this.#clock.now();
    const lines = events.map(({ timestamp, message }) => `${JSON.stringify([timestamp, ingestionTime, message])}\n`);
    const path = this.#path(group, stream);
    const known = this.#lines.get(path);
    // A crash may have left the last line of an earlier process incomplete, without a line break.
    const first = known ?? countLines(path) + 1;
    appendFileSync(path, (known === undefined ? "\n" : "") + lines.join(""));
    this.#lines.set(path, first + lines.length);
    if (this.#listeners.size === 0) return;
    const idOf = eventIds(group, stream);
    const appended = events.map(({ timestamp, message }, index) => ({
      timestamp,
      ingestionTime,
      message,
      eventId: idOf(timestamp, first + index),
    }));
    for (const listener of this.#listeners) listener(group, stream, appended);
  }

  /** Calls the listener for events that are appended from now on. @returns a function that ends this. */
  follow(listener: LogListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Milliseconds since the epoch of the last write to the group; undefined when nothing was written. */
  lastWrittenAt(group: string): number | undefined {
    const times = this.streams(group).flatMap(({ name }) => {
      const written = statSync(this.#path(group, name), { throwIfNoEntry: false });
      return written ? [written.mtimeMs] : [];
    });
    return times.length === 0 ? undefined : Math.max(...times);
  }

  /** The events of one stream that have not expired, in chronological order. */
  events(group: string, stream: string): StoredEvent[] {
    const path = this.#path(group, stream);
    if (!existsSync(path)) return [];
    const oldest = this.#oldestRetained(group);
    const idOf = eventIds(group, stream);
    const events: StoredEvent[] = [];
    for (const [index, line] of readFileSync(path, "utf8").split("\n").entries()) {
      const event = parseLine(line);
      if (!event || event.timestamp < oldest) continue;
      events.push({ ...event, eventId: idOf(event.timestamp, index) });
    }
    return events.sort((a, b) => a.timestamp - b.timestamp);
  }

  /** Removes expired events from the disk, and streams that contain nothing else. */
  sweep(): void {
    for (const group of this.groups()) {
      if (group.retentionInDays === undefined) continue;
      const oldest = this.#oldestRetained(group.name);
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
    const retained = lines.filter((line) => (parseLine(line)?.timestamp ?? 0) >= oldest);
    if (retained.length === lines.length) return;
    if (retained.length === 0) {
      this.deleteStream(group, stream);
      return;
    }
    writeFileSync(`${path}.new`, `${retained.join("\n")}\n`);
    renameSync(`${path}.new`, path);
    this.#lines.delete(path);
  }

  #oldestRetained(group: string): number {
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

/** A digest, because names may contain slashes and be longer than a file name. */
function fileName(group: string, stream: string): string {
  return createHash("sha256").update(streamKey(group, stream)).digest("hex").slice(0, 40);
}

/** The IDs of a stream's events. `aws logs tail --follow` relies on IDs that are unique across all streams. */
function eventIds(group: string, stream: string): (timestamp: number, line: number) => string {
  const digest = BigInt(`0x${fileName(group, stream).slice(0, 16)}`);
  const prefix = digest.toString().padStart(20, "0");
  return (timestamp, line) => prefix + String(timestamp).padStart(16, "0") + String(line).padStart(20, "0");
}

function countLines(path: string): number {
  return existsSync(path) ? readFileSync(path).reduce((lines, byte) => lines + (byte === 0x0a ? 1 : 0), 0) : 0;
}

/** Undefined for the empty text after the last line, and for a line that a crash left incomplete. */
function parseLine(line: string): LogEvent | undefined {
  if (line === "") return undefined;
  try {
    const [timestamp, ingestionTime, message] = JSON.parse(line) as [number, number, string];
    return { timestamp, ingestionTime, message };
  } catch {
    return undefined;
  }
}
