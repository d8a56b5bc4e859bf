import type { Resource, SynthesizedStacks } from "../synth/synthesized-stacks.ts";

/** One end of a flow: a resource, several of the same purpose, or somebody outside. */
export interface FlowEnd {
  readonly id: string;
  readonly resource?: Resource;
}

export interface Flow {
  readonly from: FlowEnd;
  readonly to: FlowEnd;
  /** A request waits for its response; an event does not. */
  readonly kind: "request" | "event";
  /** For a flow between shared parts: the only system that it belongs to. */
  readonly system?: string;
}

export const USER: FlowEnd = { id: "user" };

/** The resources of these types are drawn once, however many there are. */
const DRAWN_ONCE = ["aws_nat_gateway", "aws_cloudwatch_metric_alarm"];

export const endOf = (resource: Resource): FlowEnd => ({
  id: DRAWN_ONCE.includes(resource.type) ? resource.type : `${resource.stack}/${resource.type}/${resource.name}`,
  resource,
});

export const flow = (from: Resource, to: Resource, kind: Flow["kind"] = "request"): Flow => ({
  from: endOf(from),
  to: endOf(to),
  kind,
});

/** What a value of a resource refers to, of one type. */
export const referred = (stacks: SynthesizedStacks, { stack }: Resource, value: unknown, type: string): Resource[] =>
  stacks.references(stack, value).filter((one) => one.type === type);

type Nested = Readonly<Record<string, unknown>>;

/** The members of a nested block; none of a block that is absent. */
export const nested = (value: unknown): Nested => (value ?? {}) as Nested;
