import { type Configuration, readConfiguration } from "./configuration.ts";
import type { Stack } from "./manifest.ts";

/** The part of a stack's configuration that the graph of resources consists of. */
export type StackText = Partial<Pick<Configuration, "resource" | "output">>;

export interface Resource {
  readonly stack: string;
  readonly type: string;
  /** Unique in its stack and type. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

const OUTPUT_REFERENCE = /data\.terraform_remote_state\.(\w+)\.outputs\.(\w+)/g;
const RESOURCE_REFERENCE = /(?<![\w.])(aws_\w+)\.([A-Za-z][\w-]*)/g;

/** Synthesized stacks as one graph of resources, whose references lead from stack to stack. */
export class SynthesizedStacks {
  readonly resources: readonly Resource[];
  readonly #configurations: ReadonlyMap<string, StackText>;

  /** @param configurations stack → configuration, in the order of a report. */
  constructor(configurations: Readonly<Record<string, StackText>>) {
    this.#configurations = new Map(Object.entries(configurations));
    this.resources = [...this.#configurations].flatMap(([stack, { resource = {} }]) =>
      Object.entries(resource).flatMap(([type, byName]) =>
        Object.entries(byName).map(([name, attributes]) => ({ stack, type, name, attributes })),
      ),
    );
  }

  /** Reads the configurations of a synthesis. */
  static read(stacks: readonly Stack[]): SynthesizedStacks {
    return new SynthesizedStacks(Object.fromEntries(stacks.map((stack) => [stack.name, readConfiguration(stack)])));
  }

  get names(): readonly string[] {
    return [...this.#configurations.keys()];
  }

  ofType(type: string): readonly Resource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The resources that a value of a stack refers to, in the order in which it names them, each once. */
  references(stack: string, value: unknown): readonly Resource[] {
    const found = new Set<Resource>();
    for (const text of textsIn(value)) {
      for (const { from, output } of outputsIn(text, this.names)) {
        const outputValue = this.#configurations.get(from)?.output?.[output]?.value;
        for (const resource of this.references(from, outputValue)) found.add(resource);
      }
      for (const [, type, name] of text.matchAll(RESOURCE_REFERENCE)) {
        const resource = this.resources.find((one) => one.stack === stack && one.type === type && one.name === name);
        if (resource) found.add(resource);
      }
    }
    return [...found];
  }
}

/** The outputs of other stacks that a text reads. */
function outputsIn(text: string, stacks: readonly string[]): { readonly from: string; readonly output: string }[] {
  return [...text.matchAll(OUTPUT_REFERENCE)].flatMap(([, remoteState = "", output = ""]) => {
    const from = stacks.find((name) => name.replaceAll("-", "_") === remoteState);
    return from === undefined ? [] : [{ from, output }];
  });
}

/** Every string in a value at any depth, except for cdktf's own metadata. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => (key === "//" ? [] : textsIn(member)));
}
