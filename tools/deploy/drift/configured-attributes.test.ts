import { expect, it } from "vitest";
import { writeStacks } from "../testing/written-stacks.ts";
import { configuredAttributes } from "./configured-attributes.ts";

it("finds how a configuration uses an argument", () => {
  const [stack] = writeStacks({
    name: "sum",
    resource: {
      aws_ecs_service: {
        Display: { name: "display", desired_count: 1, lifecycle: { ignore_changes: ["desired_count", "tags[0]"] } },
        All: { name: "all", lifecycle: [{ ignore_changes: "all" }] },
      },
    },
  });
  if (!stack) throw new Error("No stack was written.");
  const roleOf = configuredAttributes(stack);
  expect(roleOf("aws_ecs_service.Display", "desired_count")).toBe("ignored");
  expect(roleOf("aws_ecs_service.Display", "tags")).toBe("ignored");
  expect(roleOf("aws_ecs_service.Display", "name")).toBe("set");
  expect(roleOf("aws_ecs_service.Display[0]", "name")).toBe("set");
  expect(roleOf("aws_ecs_service.Display", "arn")).toBe("unset");
  expect(roleOf("aws_ecs_service.All", "name")).toBe("ignored");
  expect(roleOf("aws_lb.Unknown", "arn")).toBe("unset");
});
