// Passes signals on to a child process. Like run.mjs, it works with any Node.js version and without dependencies.

/** Between two looks at whether the parent process exists. */
const INTERVAL_MS = 200;

/**
 * Sends each signal that asks this process to end to a child process. npm runs a command in a shell, which a signal
 * ends without reaching the command; so under npm the end of that shell counts as a signal too.
 *
 * @param {{ kill(signal: string): unknown }} child
 * @returns {() => void} a function that restores the default: a signal ends this process.
 */
export function passSignals(child) {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  const pass = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, pass);
  const parent = process.ppid;
  const watch = () => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    pass("SIGTERM");
  };
  const timer = process.env.npm_lifecycle_event === undefined ? undefined : setInterval(watch, INTERVAL_MS).unref();
  return () => {
    clearInterval(timer);
    for (const signal of signals) process.off(signal, pass);
  };
}
