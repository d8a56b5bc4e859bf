import { expect, it } from "vitest";
import { configurationText } from "../synth/manifest.ts";
import { unapply } from "./deploy.ts";
import { FakeTerraform } from "./testing/fake-terraform.ts";
import { ToldProgress } from "./testing/recorded-progress.ts";
import { writeStacks } from "./testing/written-stacks.ts";

it("destroys by applying a stack that describes nothing, and leaves the description as it was", async () => {
  const stacks = writeStacks({
    name: "monitoring",
    reads: { frontend: ["an_output_that_is_not_there_yet"] },
    resource: { aws_sns_topic: { Alarms: { name: "alarms" } } },
  });
  const before = stacks.map(configurationText);
  const applied: string[] = [];
  const terraform = new FakeTerraform(stacks, (_, [command]) => {
    if (command === "apply") applied.push(...stacks.map(configurationText));
    return command === "apply" ? { code: 1, text: "no right" } : undefined;
  });
  const progress = new ToldProgress();
  for (const stack of stacks) expect(await unapply(stack, terraform, progress)).toBe(false);
  expect(progress.ends).toEqual({ monitoring: "failed: no right" });
  expect(applied.map((text) => Object.keys(JSON.parse(text)))).toEqual([["terraform"]]);
  expect(stacks.map(configurationText)).toEqual(before);
});
