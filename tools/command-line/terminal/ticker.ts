/** Calls `tick` regularly until the returned function is called. A parameter, so that tests control it. */
export type Ticker = (tick: () => void) => () => void;

const INTERVAL_MS = 100;

/** Ten times a second; does not keep the process running. */
export const systemTicker: Ticker = (tick) => {
  const timer = setInterval(tick, INTERVAL_MS).unref();
  return () => clearInterval(timer);
};
