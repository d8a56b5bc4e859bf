import type { Resource, SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import type { Flow } from "./flow.ts";
import { flowsOf } from "./flows.ts";
import type { MarkName } from "./marks.ts";
import { type NetworkMember, networkOf } from "./network.ts";
import { describeNode, type Place } from "./node-descriptions.ts";
import { SYSTEMS, type System, systemOf } from "./systems.ts";

export interface ArchitectureNode {
  readonly id: string;
  readonly mark: MarkName;
  readonly title: string;
  /** The AWS service, or what a part is for. */
  readonly detail: string;
  readonly place: Place;
}

export interface ArchitectureEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: Flow["kind"];
}

/** A system as a picture shows it: what it consists of, and what connects to what. */
export interface Architecture {
  readonly title: string;
  readonly nodes: readonly ArchitectureNode[];
  readonly edges: readonly ArchitectureEdge[];
}

/** The architecture of a system. @param prefix of the names in the environment. */
export function architectureOf(name: System["name"], stacks: SynthesizedStacks, prefix: string): Architecture {
  const system = SYSTEMS.find((one) => one.name === name);
  if (!system) throw new Error(`There is no system ${name}.`);
  const { members } = networkOf(stacks, prefix);
  const flows = flowsOfSystem(flowsOf(stacks, prefix), system);
  const ends = new Map(flows.flatMap(({ from, to }) => [from, to]).map((end) => [end.id, end]));
  const nodes = [...ends.values()].map((end): ArchitectureNode => {
    const description = describeNode(end, stacks, prefix);
    return { id: end.id, ...description, place: description.place ?? placeOf(end.resource, members) };
  });
  const edges = flows.map(({ from, to, kind }) => ({ from: from.id, to: to.id, kind }));
  return { title: system.title, nodes, edges: uniqueEdges(edges) };
}

/** The flows that begin in the system, and those of shared parts that lead into it or are reached from it. */
function flowsOfSystem(all: readonly Flow[], system: System): Flow[] {
  const isOwn = (resource: Resource | undefined) =>
    resource !== undefined && systemOf(resource.stack).name === system.name;
  const isShared = (resource: Resource | undefined) =>
    resource === undefined || systemOf(resource.stack).name === "shared";
  const flows = all.filter(({ from, to }) => isOwn(from.resource) || (isShared(from.resource) && isOwn(to.resource)));
  for (let added: Flow[] = flows; added.length > 0; ) {
    const reached = new Set(flows.map(({ to }) => to.id));
    const reaching = new Set(flows.map(({ from }) => from.id));
    added = all.filter(
      (flow) =>
        !flows.includes(flow) &&
        isShared(flow.from.resource) &&
        isShared(flow.to.resource) &&
        (flow.system === undefined || flow.system === system.name) &&
        (flow.from.id === "user" ? reaching.has(flow.to.id) : reached.has(flow.from.id)),
    );
    flows.push(...added);
  }
  // Who looks up the address in Route 53 does not need a second arrow to what it leads to.
  const named = new Set(flows.filter(({ from }) => from.resource?.type === "aws_route53_zone").map(({ to }) => to.id));
  return flows.filter(({ from, to }) => !(from.id === "user" && named.has(to.id)));
}

function placeOf(resource: Resource | undefined, members: readonly NetworkMember[]): Place {
  const member = members.find((one) => one.resource === resource);
  return (member?.tier as Place | undefined) ?? "cloud";
}

const uniqueEdges = (edges: readonly ArchitectureEdge[]): ArchitectureEdge[] => [
  ...new Map(edges.map((edge) => [`${edge.from} ${edge.to}`, edge])).values(),
];
