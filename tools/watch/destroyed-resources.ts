import { kindOf, type PlanJson } from "../deploy/plan/changes.ts";

/**
 * Types that Terraform replaces for each change, and of which nothing is lost: each is a version of something, which
 * the new one follows.
 */
const VERSIONS: ReadonlySet<string> = new Set([
  "aws_ecs_task_definition", // A new revision: its service replaces the tasks, as for any deployment.
  "aws_lambda_invocation", // Invokes the function again. The destruction does nothing.
  "aws_s3_object", // A program under the hash of its content.
]);

/** Addresses of the resources that a plan destroys or replaces, except for superseded versions. */
export function destroyedResources({ resource_changes = [] }: PlanJson): readonly string[] {
  return resource_changes.flatMap((change) => {
    const kind = kindOf(change);
    if (kind === "destroy") return [change.address];
    return kind === "replace" && !VERSIONS.has(change.type ?? "") ? [`${change.address} (replaced)`] : [];
  });
}
