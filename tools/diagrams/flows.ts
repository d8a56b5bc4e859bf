import type { Resource, SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import { balancerFlows } from "./balancer-flows.ts";
import { endOf, type Flow, type FlowEnd, flow, nested, referred, USER } from "./flow.ts";
import { networkOf } from "./network.ts";
import { permissionFlows } from "./permission-flows.ts";
import { apiFlows, eventFlows, nameFlows } from "./service-flows.ts";
import { systemOf } from "./systems.ts";

const INTERNET_IN: FlowEnd = { id: "internet-gateway-in" };
const INTERNET_OUT: FlowEnd = { id: "internet-gateway-out" };

/** Everything that connects to something else or is started by it, as the stacks configure it. */
export function flowsOf(stacks: SynthesizedStacks, prefix: string): Flow[] {
  return [
    ...nameFlows(stacks),
    ...apiFlows(stacks),
    ...balancerFlows(stacks),
    ...eventFlows(stacks),
    ...alarmFlows(stacks),
    ...permissionFlows(stacks),
    ...networkFlows(stacks, prefix),
  ];
}

/** Alarms, where they start more than a notification or belong to the stack of the topic. */
function alarmFlows(stacks: SynthesizedStacks): Flow[] {
  const alarms = stacks.ofType("aws_cloudwatch_metric_alarm");
  const topics = stacks.ofType("aws_sns_topic");
  const isDrawn = ({ stack }: Resource) =>
    topics.some((topic) => topic.stack === stack) ||
    alarms.some(
      (alarm) =>
        alarm.stack === stack && referred(stacks, alarm, alarm.attributes.alarm_actions, "aws_lambda_function")[0],
    );
  return alarms.filter(isDrawn).flatMap((alarm) => {
    const { alarm_actions, dimensions } = alarm.attributes;
    const started = stacks.references(alarm.stack, alarm_actions);
    const notified = topics.filter(({ attributes }) => JSON.stringify(alarm_actions).includes(`:${attributes.name}"`));
    const watched = stacks.ofType("aws_lambda_alias").filter(({ stack, attributes }) => {
      return stack === alarm.stack && String(nested(dimensions).Resource).endsWith(`:${attributes.name}`);
    });
    return [
      ...watched.map((one) => ({ ...flow(one, alarm, "event") })),
      ...[...started, ...notified].map((one) => flow(alarm, one, "event")),
    ].map((one) => ({ ...one, from: drawnInStack(one.from), to: drawnInStack(one.to) }));
  });
}

/** The alarms of each stack are drawn as one. */
const drawnInStack = ({ id, resource }: FlowEnd): FlowEnd =>
  resource?.type === "aws_cloudwatch_metric_alarm"
    ? { id: `${resource.stack}/${id}`, resource }
    : { id, ...(resource && { resource }) };

/** Connections that the security groups allow, and the way from the internet and to it. */
function networkFlows(stacks: SynthesizedStacks, prefix: string): Flow[] {
  const { connections, members } = networkOf(stacks, prefix);
  const membersOf = (group: string) =>
    members.filter((one) => one.group === group && one.kind !== "interface endpoint").map(({ resource }) => resource);
  const [nat] = stacks.ofType("aws_nat_gateway");
  return connections.flatMap(({ from, to }): Flow[] => {
    const [sources, targets] = [membersOf(from), membersOf(to)];
    if (from === "internet") {
      return targets.flatMap((target) => [
        { from: USER, to: INTERNET_IN, kind: "request" as const, system: systemOf(target.stack).name },
        { from: INTERNET_IN, to: endOf(target), kind: "request" as const },
      ]);
    }
    if (to === "internet") {
      if (!nat) return [];
      return sources.flatMap((source) => [flow(source, nat), ...outwardFlows(source, nat)]);
    }
    return sources.flatMap((source) => targets.map((target) => flow(source, target)));
  });
}

/** From the NAT gateway to the internet, and there to the hosts that a function's variables name. */
function outwardFlows({ stack, attributes }: Resource, nat: Resource): Flow[] {
  const system = systemOf(stack).name;
  const variables = Object.values(nested(nested(attributes.environment).variables));
  const hosts = variables.flatMap((value) => /^https?:\/\/([\w.-]+)/.exec(String(value))?.[1] ?? []);
  return [
    { from: endOf(nat), to: INTERNET_OUT, kind: "request", system },
    ...hosts.map((host): Flow => ({ from: INTERNET_OUT, to: { id: `host/${host}` }, kind: "request", system })),
  ];
}
