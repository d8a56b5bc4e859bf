import type { Log } from "../log.ts";

/** A log for tests that discards every entry. */
export const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
