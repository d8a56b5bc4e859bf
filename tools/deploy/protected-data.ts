import { readConfiguration } from "../synth/configuration.ts";
import { type Stack, withDependencies } from "../synth/manifest.ts";

/** A resource whose data is protected from deletion. */
export interface ProtectedResource {
  readonly stack: string;
  /** `aws_s3_bucket.Files`. */
  readonly address: string;
}

/**
 * The resources that AWS or Terraform refuses to destroy: databases and tables with deletion protection, and buckets
 * that are not emptied.
 */
export function protectedData(stacks: readonly Stack[]): readonly ProtectedResource[] {
  return stacks.flatMap((stack) =>
    Object.entries(readConfiguration(stack).resource).flatMap(([type, resources]) =>
      Object.entries(resources)
        .filter(([, resource]) => isProtected(type, resource))
        .map(([name]) => ({ stack: stack.name, address: `${type}.${name}` })),
    ),
  );
}

function isProtected(type: string, resource: Readonly<Record<string, unknown>>): boolean {
  if (type === "aws_s3_bucket") return resource.force_destroy !== true;
  return resource.deletion_protection === true || resource.deletion_protection_enabled === true;
}

/** The stacks that can be destroyed: those without protected data, except for the dependencies of the others. */
export function destroyableStacks(stacks: readonly Stack[]): readonly Stack[] {
  const names = [...new Set(protectedData(stacks).map(({ stack }) => stack))];
  if (names.length === 0) return stacks;
  const needed = withDependencies(stacks, names);
  return stacks.filter((stack) => !needed.includes(stack));
}
