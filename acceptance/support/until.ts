/**
 * Waits for a condition outside of a test, where `expect.poll` is not available. Rejects after `timeout` ms with the
 * description.
 */
export async function until(description: string, condition: () => boolean, timeout: number): Promise<void> {
  const deadline = performance.now() + timeout;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`Timed out after ${timeout} ms, waiting until ${description}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
