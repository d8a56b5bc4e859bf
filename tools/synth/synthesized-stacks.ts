import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Stack } from "./manifest.ts";

/** A stack's `cdk.tf.json`, in so far as it is read here. */
export interface StackText {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly output?: Readonly<Record<string, { readonly value: unknown }>>;
}

export interface Resource {
  readonly stack: string;
  readonly type: string;
  /** In its stack and type. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

const READING = /data\.terraform_remote_state\.(\w+)\.outputs\.(\w+)/g;
const RESOURCE = /(?<![\w.])(aws_\w+)\.([A-Za-z][\w-]*)/g;

/** Synthesized stacks as one graph of resources, whose references are followed from stack to stack. */
export class SynthesizedStacks {
  readonly resources: readonly Resource[];
  readonly #texts: ReadonlyMap<string, StackText>;

  /** @param texts stack → its text, in the order in which they are told of. */
  constructor(texts: Readonly<Record<string, StackText>>) {
    this.#texts = new Map(Object.entries(texts));
    this.resources = [...this.#texts].flatMap(([stack, { resource = {} }]) =>
      Object.entries(resource).flatMap(([type, byName]) =>
        Object.entries(byName).map(([name, attributes]) => ({ stack, type, name, attributes })),
      ),
    );
  }

  /** Those of a synthesis. */
  static read(stacks: readonly Stack[]): SynthesizedStacks {
    const text = ({ directory }: Stack) =>
      JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8")) as StackText;
    return new SynthesizedStacks(Object.fromEntries(stacks.map((stack) => [stack.name, text(stack)])));
  }

  get names(): readonly string[] {
    return [...this.#texts.keys()];
  }

  ofType(type: string): readonly Resource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The resources that a value of a stack leads to, in the order in which it names them, each once. */
  references(stack: string, value: unknown): readonly Resource[] {
    const found = new Set<Resource>();
    for (const text of texts(value)) {
      for (const { from, output } of readings(text, this.names)) {
        const told = this.#texts.get(from)?.output?.[output]?.value;
        for (const resource of this.references(from, told)) found.add(resource);
      }
      for (const [, type, name] of text.matchAll(RESOURCE)) {
        const resource = this.resources.find((one) => one.stack === stack && one.type === type && one.name === name);
        if (resource) found.add(resource);
      }
    }
    return [...found];
  }
}

/** The outputs of other stacks that a text reads. */
function readings(text: string, stacks: readonly string[]): { readonly from: string; readonly output: string }[] {
  return [...text.matchAll(READING)].flatMap(([, remoteState = "", output = ""]) => {
    const from = stacks.find((name) => name.replaceAll("-", "_") === remoteState);
    return from === undefined ? [] : [{ from, output }];
  });
}

/** Every text in a value, however deep; what cdktf notes of itself left out. */
function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => (key === "//" ? [] : texts(member)));
}
