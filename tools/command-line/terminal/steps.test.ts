import { expect, it } from "vitest";
import { Steps } from "./steps.ts";
import { FakeTerminal } from "./testing/fake-terminal.ts";

function open(terminal: FakeTerminal) {
  const clock = { now: 0, tick: () => {} };
  const steps = new Steps(
    terminal.open(),
    () => clock.now,
    (tick) => {
      clock.tick = tick;
      return () => {
        clock.tick = () => {};
      };
    },
  );
  return { steps, clock };
}

it("draws overlapping steps in place, with their times", () => {
  const terminal = new FakeTerminal({ rows: 12, columns: 80 });
  const { steps, clock } = open(terminal);
  const bundling = steps.begin("Bundling the services");
  const starting = steps.begin("Starting the local AWS");
  clock.now = 300;
  bundling.update("Bundling 3 of 21 services");
  clock.tick();
  expect(terminal.lines()).toEqual(["  ⠸ Bundling 3 of 21 services  0.3 s", "  ⠸ Starting the local AWS     0.3 s"]);
  bundling.done("Bundled 21 services");
  clock.now = 900;
  starting.fail("The local AWS did not start");
  steps.close();
  expect(terminal.lines()).toEqual([
    "  ✔ Bundled 21 services          0.3 s",
    "  ✖ The local AWS did not start  0.9 s",
  ]);
});

it("writes a line when a step begins and when it ends to a file, and what was interrupted", () => {
  const terminal = new FakeTerminal(undefined);
  const { steps, clock } = open(terminal);
  const bundling = steps.begin("Bundling the services");
  bundling.update("Bundling 3 of 21 services");
  clock.now = 1_200;
  bundling.done("Bundled 21 services");
  steps.begin("Synthesizing the stacks");
  steps.close();
  steps.close();
  expect(terminal.text).toBe(
    [
      "Bundling the services …",
      "Bundled 21 services in 1.2 s",
      "Synthesizing the stacks …",
      "Synthesizing the stacks: interrupted",
      "",
    ].join("\n"),
  );
});
