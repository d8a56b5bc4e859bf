import { expect, it } from "vitest";
import { deliveryRoleNames } from "../../stacks/delivery/role-names.ts";
import { environment } from "../../stacks/environment/environments.ts";
import { resources, stackOf, synthesize } from "../../stacks/testing/synthesize.ts";
import { deploymentAccess, environmentsOf } from "./deployment-access.ts";

it("returns the roles and the bucket that the stack delivery creates", () => {
  const local = environment("local");
  const stack = stackOf(synthesize(local), "delivery");
  const roles = resources(stack, "aws_iam_role").map(({ name }) => `arn:aws:iam::000000000000:role/${String(name)}`);
  expect(deliveryRoleNames.map((name) => deploymentAccess(local, name).role).toSorted()).toEqual(roles.toSorted());
  expect(resources(stack, "aws_s3_bucket").map(({ bucket }) => bucket)).toEqual([
    deploymentAccess(local, "plan").artifacts,
  ]);
});

it("rejects an unknown role and lists the known ones", () => {
  expect(() => deploymentAccess(environment("local"), "admin")).toThrow(
    'There is no role "admin"; there are review, plan, apply, images, release.',
  );
});

it("returns no environments for a repository that no environment names", () => {
  expect(environmentsOf("mallory/nv-demo")).toEqual([]);
  expect(environmentsOf("undefined/undefined")).toEqual([]);
  expect(environmentsOf("octo-example/nv-demo")).toEqual([]);
});
