import { readFileSync } from "node:fs";
import { join } from "node:path";

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

/** An output of one stack that another reads. */
export interface Reading {
  readonly from: string;
  readonly output: string;
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

  /** What lies in the folder of a synthesis. */
  static read(outputDirectory: string): SynthesizedStacks {
    const json = (file: string): unknown => JSON.parse(readFileSync(join(outputDirectory, file), "utf8"));
    const { stacks } = json("manifest.json") as { stacks: Record<string, { synthesizedStackPath: string }> };
    return new SynthesizedStacks(
      Object.fromEntries(
        Object.entries(stacks).map(([name, { synthesizedStackPath }]) => [
          name,
          json(synthesizedStackPath) as StackText,
        ]),
      ),
    );
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

  /** The outputs of others that a stack reads, each once. */
  readingsOf(stack: string): readonly Reading[] {
    const all = texts(this.#texts.get(stack)).flatMap((text) => readings(text, this.names));
    return [...new Map(all.map((reading) => [`${reading.from} ${reading.output}`, reading])).values()];
  }
}

function readings(text: string, stacks: readonly string[]): Reading[] {
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
