import { readConfiguration, type Stack, withDependencies } from "../synth/manifest.ts";

/** Data that its stack does not let go. */
export interface KeptData {
  readonly stack: string;
  /** `aws_s3_bucket.Files`. */
  readonly address: string;
}

/** The data that AWS or Terraform would refuse to destroy: protected databases and tables, and buckets that are not emptied. */
export function keptData(stacks: readonly Stack[]): readonly KeptData[] {
  return stacks.flatMap((stack) =>
    Object.entries(readConfiguration(stack).resource ?? {}).flatMap(([type, resources]) =>
      Object.entries(resources)
        .filter(([, resource]) => isKept(type, resource))
        .map(([name]) => ({ stack: stack.name, address: `${type}.${name}` })),
    ),
  );
}

function isKept(type: string, resource: Readonly<Record<string, unknown>>): boolean {
  if (type === "aws_s3_bucket") return resource.force_destroy !== true;
  return resource.deletion_protection === true || resource.deletion_protection_enabled === true;
}

/** The stacks that can be destroyed: not those with such data, nor what these depend on. */
export function destroyableStacks(stacks: readonly Stack[]): readonly Stack[] {
  const names = [...new Set(keptData(stacks).map(({ stack }) => stack))];
  if (names.length === 0) return stacks;
  const needed = withDependencies(stacks, names);
  return stacks.filter((stack) => !needed.includes(stack));
}
