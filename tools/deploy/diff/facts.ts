import type { Difference, Path } from "./compare.ts";
import type { Kind } from "./resource-diff.ts";
import type { StackDiff } from "./stack-diff.ts";
import type { Value } from "./value.ts";

/** A changed attribute in the JSON output. */
export interface AttributeFacts {
  /** `tags.Name`, `ingress[0].from_port`, or inside of a JSON document `policy.Statement[0].Action[1]`. */
  readonly path: string;
  /** Missing when there is none, or it is sensitive. */
  readonly before?: unknown;
  /** Missing when there is none, or it is sensitive or not known yet. */
  readonly after?: unknown;
  readonly sensitive?: true;
  readonly unknown?: true;
  readonly forcesReplacement?: true;
}

export interface ResourceFacts {
  readonly address: string;
  readonly action: Kind;
  /** Of a replacement: the new resource is created before the old one is destroyed. */
  readonly createBeforeDestroy?: true;
  readonly previousAddress?: string;
  readonly importId?: string;
  readonly deposed?: string;
  readonly reason?: string;
  readonly attributes: readonly AttributeFacts[];
}

export interface StackFacts {
  readonly resources: readonly ResourceFacts[];
  readonly outputs: readonly AttributeFacts[];
}

/** The changes of a stack for programs: the same as what is printed for people, with the values in full. */
export function stackFacts({ resources, outputs }: StackDiff): StackFacts {
  return {
    resources: resources.map(({ address, kind, mark, previousAddress, importId, deposed, reason, difference }) => ({
      address,
      action: kind,
      ...(mark === "+/-" && { createBeforeDestroy: true as const }),
      ...(previousAddress !== undefined && { previousAddress }),
      ...(importId !== undefined && { importId }),
      ...(deposed !== undefined && { deposed }),
      ...(reason !== undefined && { reason }),
      attributes: attributeFacts(difference),
    })),
    outputs: outputs ? attributeFacts(outputs) : [],
  };
}

/** Every changed value. */
export function attributeFacts(difference: Difference): AttributeFacts[] {
  if (difference.action === "same") return [];
  switch (difference.kind) {
    case "map":
      return containerFacts(
        difference,
        difference.entries.map(([, entry]) => entry),
      );
    case "list":
      return containerFacts(difference, difference.items);
    case "document":
      return containerFacts(difference, [difference.content]);
    case "text": {
      const side = (other: "add" | "remove") =>
        difference.lines.filter(({ action }) => action !== other).map(({ text }) => text);
      const before = difference.action === "add" ? {} : { before: side("add").join("\n") };
      const after = difference.action === "remove" ? {} : { after: side("remove").join("\n") };
      return [{ ...common(difference), ...before, ...after }];
    }
    case "retyped":
      return containerFacts(difference, [difference.removed, difference.added]);
    case "leaf": {
      const { before, after } = difference;
      const isSensitive = before.kind === "sensitive" || after.kind === "sensitive";
      return [
        {
          ...common(difference),
          ...(isSensitive ? { sensitive: true } : { ...fact("before", before), ...fact("after", after) }),
          ...(after.kind === "unknown" && { unknown: true }),
        },
      ];
    }
  }
}

/** Of what a container contains; of itself where it becomes unknown, is empty, or forces a replacement. */
function containerFacts(difference: Difference, content: readonly Difference[]): AttributeFacts[] {
  const toUnknown = "toUnknown" in difference && difference.toUnknown;
  const facts = content.flatMap(attributeFacts);
  if (!toUnknown && !difference.forcesReplacement && facts.length > 0) return facts;
  return [{ ...common(difference), ...(toUnknown && { unknown: true as const }) }, ...facts];
}

function common({ path, forcesReplacement }: Difference) {
  return { path: pathText(path), ...(forcesReplacement && { forcesReplacement: true as const }) };
}

function pathText(path: Path): string {
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}

function fact(name: "before" | "after", value: Value): object {
  return value.kind === "scalar" ? { [name]: value.value } : {};
}
