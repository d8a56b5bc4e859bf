import { readFileSync } from "node:fs";

/** What processes use. */
export interface ProcessUsage {
  /** Since they started, with that of their children that have ended. */
  readonly cpuSeconds: number;
  readonly residentBytes: number;
}

/** The unit of times in `/proc`: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const TICKS_PER_SECOND = 100;

/** A process and those that it has started, directly or not; none after its end, and on systems without `/proc`. */
export function processTree(pid: number): number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`);
  if (children === undefined) return [];
  return [pid, ...children.split(" ").filter(Boolean).map(Number).flatMap(processTree)];
}

/** Undefined when there is no process, and on systems without `/proc`. */
export function processUsage(pids: readonly number[]): ProcessUsage | undefined {
  const usages = pids.flatMap((pid) => usageOf(pid) ?? []);
  if (usages.length === 0) return undefined;
  return {
    cpuSeconds: usages.reduce((total, { cpuSeconds }) => total + cpuSeconds, 0),
    residentBytes: usages.reduce((total, { residentBytes }) => total + residentBytes, 0),
  };
}

/** The command of a process with its arguments; empty when it has ended. */
export function commandLine(pid: number): string {
  return (read(`/proc/${pid}/cmdline`) ?? "").replaceAll("\0", " ").trim();
}

function usageOf(pid: number): ProcessUsage | undefined {
  const stat = read(`/proc/${pid}/stat`);
  const resident = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? "")?.[1];
  if (stat === undefined || resident === undefined) return undefined;
  // The fields after the name, which may contain spaces: user and system time, and those of ended children.
  const times = stat
    .replace(/^.*\) /s, "")
    .split(" ")
    .slice(11, 15);
  return {
    cpuSeconds: times.reduce((total, time) => total + Number(time), 0) / TICKS_PER_SECOND,
    residentBytes: Number(resident) * 1_024,
  };
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
