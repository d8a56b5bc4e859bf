/** Waits for a condition outside of a test, where there is no `expect.poll`. Rejects after `timeout` milliseconds, naming what did not come true. */
export async function until(what: string, condition: () => boolean, timeout: number): Promise<void> {
  const deadline = performance.now() + timeout;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`not within ${timeout} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
