import { expect, it } from "vitest";
import { configurationText } from "../synth/configuration.ts";
import { destroyStack } from "./deploy.ts";
import { FakeTerraform } from "./testing/fake-terraform.ts";
import { RecordedProgress } from "./testing/recorded-progress.ts";
import { writeStacks } from "./testing/written-stacks.ts";

it("destroys a stack by applying it without resources, and restores its configuration", async () => {
  const stacks = writeStacks({
    name: "monitoring",
    reads: { frontend: ["an_output_that_is_not_there_yet"] },
    resource: { aws_sns_topic: { Alarms: { name: "alarms" } } },
  });
  const before = stacks.map(configurationText);
  const applied: string[] = [];
  const terraform = new FakeTerraform(stacks, (_, [command]) => {
    if (command === "apply") applied.push(...stacks.map(configurationText));
    return command === "apply" ? { code: 1, text: "access denied" } : undefined;
  });
  const progress = new RecordedProgress();
  for (const stack of stacks) expect(await destroyStack(stack, terraform, progress)).toBe(false);
  expect(progress.ends).toEqual({ monitoring: "failed: access denied" });
  expect(applied.map((text) => Object.keys(JSON.parse(text)))).toEqual([["terraform"]]);
  expect(stacks.map(configurationText)).toEqual(before);
});
