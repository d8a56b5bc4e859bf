import { afterEach, describe, expect, it } from "vitest";
import { Faults } from "../support/faults.ts";
import { target } from "../support/target.ts";

const { shoutUrl: url = "" } = target;
const faults = new Faults(target);
/** Two attempts of four seconds each and a cold start. */
const LIMIT_MS = 12_000;

afterEach(() => faults.endAll());

async function shout() {
  const startedAt = performance.now();
  const response = await fetch(url, { method: "POST", body: '{"data":"hello"}' });
  const body = (await response.json()) as Record<string, unknown>;
  return { status: response.status, body, milliseconds: performance.now() - startedAt };
}

describe.skipIf(target.kind !== "local")("when SHOUTCLOUD fails", () => {
  it.each([
    ["shoutcloud-down", 502, "UpstreamUnavailable"],
    ["shoutcloud-nonsense", 502, "UpstreamNonsense"],
    ["shoutcloud-slow", 504, "UpstreamTimeout"],
  ])("returns the reason within the limit, remains healthy, and recovers: %s", async (fault, status, code) => {
    await faults.begin(fault);
    const failed = await shout();
    expect(failed.status).toBe(status);
    expect(failed.body).toMatchObject({ status, code, detail: expect.stringContaining("SHOUTCLOUD") });
    expect(failed.milliseconds).toBeLessThan(LIMIT_MS);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    await faults.end(fault);
    expect((await shout()).body).toEqual({ data: "OLLEH" });
  });
});
