interface Reading {
  readonly cpuSeconds: number;
  /** Milliseconds. */
  readonly at: number;
}

/** Computes how many CPUs something uses from the CPU time that it has used so far. */
export class CpuMeter {
  readonly #readings = new Map<string, Reading>();
  readonly #now: () => number;

  /** @param now milliseconds of a clock that only moves forward. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /**
   * The average number of CPUs in use since the last call for the same name; undefined at the first call.
   *
   * @param cpuSeconds CPU time since its start.
   */
  cpus(name: string, cpuSeconds: number): number | undefined {
    const reading = { cpuSeconds, at: this.#now() };
    const last = this.#readings.get(name);
    this.#readings.set(name, reading);
    if (!last || reading.at <= last.at) return undefined;
    // It was started again when the time is lower than before.
    return Math.max(0, (cpuSeconds - last.cpuSeconds) / ((reading.at - last.at) / 1_000));
  }
}
