import type { StackChangeView, StackDetailView, StackMemberView, StacksView, StackView } from "../views.ts";
import { matches, type Page } from "./page.ts";
import {
  addressOf,
  recordKeyOf,
  type State,
  type StateInstance,
  type StateResource,
  type States,
  type StoredState,
} from "./states.ts";

const MAX_CHANGES = 20;
const MASK = "(sensitive)";

/** The stacks of the deployment, read from their Terraform states. */
export function stacksPage(states: States): Page<StacksView> {
  return {
    async read(query) {
      const all = await states.current();
      const stacks = await Promise.all(all.map((stored) => stackView(states, stored)));
      const selected = all.find(({ name }) => name === query.get("stack"));
      return {
        configured: states.configured,
        stacks: stacks.filter(({ name }) => matches(query.get("q"), name)),
        selected: selected && (await detailView(states, selected)),
      };
    },
  };
}

async function stackView(states: States, { name, key, version, state }: StoredState): Promise<StackView> {
  const members = membersOf(state);
  const lock = await states.lock(key);
  return {
    name,
    status: lock ? "deploying" : statusOf(members),
    resources: members.filter(({ mode }) => mode === "managed").length,
    changedAt: version.modified,
    serial: state.serial,
    terraformVersion: state.terraform_version,
    lock,
  };
}

function statusOf(members: readonly Member[]): StackView["status"] {
  if (members.some(({ instance }) => instance.status === "tainted")) return "tainted";
  return members.some(({ mode }) => mode === "managed") ? "deployed" : "empty";
}

async function detailView(states: States, stored: StoredState): Promise<StackDetailView> {
  const { outputs = {} } = stored.state;
  // One more than are shown, to compare the oldest one with.
  const versions = await states.history(stored.key, MAX_CHANGES + 1);
  return {
    ...(await stackView(states, stored)),
    key: stored.key,
    outputs: Object.entries(outputs).map(([name, { value, sensitive }]) => ({ name, value: sensitive ? MASK : value })),
    members: membersOf(stored.state).map(memberView),
    history: versions.slice(0, MAX_CHANGES).map((version, index) => changeView(version, versions[index + 1]?.state)),
  };
}

type Member = StateResource & { readonly instance: StateInstance };

function membersOf({ resources = [] }: State): Member[] {
  return resources.flatMap((resource) => resource.instances.map((instance) => ({ ...resource, instance })));
}

function memberView(member: Member): StackMemberView {
  const { type, mode, instance } = member;
  return {
    address: addressOf(member, instance),
    type,
    id: String(instance.attributes?.id ?? instance.attributes?.arn ?? ""),
    tainted: instance.status === "tainted",
    resource: mode === "managed" ? recordKeyOf(instance) : undefined,
  };
}

function changeView({ state, version }: StoredState, before: State | undefined): StackChangeView {
  const [now, then] = [attributesByAddress(state), attributesByAddress(before)];
  return {
    serial: state.serial,
    at: version.modified,
    added: [...now.keys()].filter((address) => !then.has(address)),
    changed: [...now.keys()].filter((address) => then.has(address) && then.get(address) !== now.get(address)),
    removed: [...then.keys()].filter((address) => !now.has(address)),
  };
}

function attributesByAddress(state: State | undefined): Map<string, string> {
  const managed = state ? membersOf(state).filter(({ mode }) => mode === "managed") : [];
  return new Map(
    managed.map((member) => [addressOf(member, member.instance), JSON.stringify(member.instance.attributes)]),
  );
}
