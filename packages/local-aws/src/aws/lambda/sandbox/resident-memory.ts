import { readFileSync } from "node:fs";

/**
 * Resident memory of a process in MB, or undefined where there is no `/proc` to read it from.
 *
 * Taken whole, the runtime's own pages included, since Lambda counts them too: an empty function is at about 60 MB here and reported with about 65 MB
 * there, so the same `memory_size` leaves the function the same room.
 */
export function residentMemory(pid: number): number | undefined {
  try {
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kilobytes === undefined ? undefined : Math.ceil(Number(kilobytes) / 1024);
  } catch {
    return undefined;
  }
}
