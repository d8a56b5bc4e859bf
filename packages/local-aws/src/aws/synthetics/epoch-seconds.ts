/** Milliseconds since the epoch in the timestamp format of REST-JSON. */
export function epochSeconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : milliseconds / 1_000;
}
