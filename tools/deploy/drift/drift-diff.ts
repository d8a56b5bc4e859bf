import type { DiffLine, LineOptions, Paint } from "../diff/diff-line.ts";
import { terminalText } from "../diff/format-lines.ts";
import { labelledBlock } from "../diff/stack-diff.ts";
import type { Drift, DriftedResource, NoticedResource } from "./drift.ts";

export interface DriftDiffOptions extends LineOptions {
  readonly paint: Paint;
}

/** The drift of stacks with values, for people: of each stack, then the totals. */
export function driftDiff(stacks: ReadonlyMap<string, Drift>, options: DriftDiffOptions): string {
  const parts = [...stacks].flatMap(([stack, drift]) => {
    const lines = driftLines(drift, options);
    const { paint } = options;
    return lines.length > 0 ? [`${paint(["bold", "underline"], stack)}\n\n${terminalText(lines, paint)}`] : [];
  });
  return [...parts, totals([...stacks.values()], options.paint)].join("\n\n");
}

function driftLines({ drifted, noticed, pending }: Drift, options: LineOptions): DiffLine[] {
  const parts: DiffLine[][] = drifted.map((resource) => driftedLines(resource, options));
  if (noticed.length > 0) {
    const title: DiffLine = { ...TEXT, text: "Differences that an apply ignores:", tone: "title" };
    parts.push([title, ...noticed.flatMap((resource) => noticedLines(resource, options))]);
  }
  if (pending > 0) {
    const resources = pending === 1 ? "1 resource is" : `${pending} resources are`;
    parts.push([{ ...TEXT, text: `${resources} to be changed by the code, which is not applied yet.` }]);
  }
  return parts.flatMap((lines, index) => (index === 0 ? lines : [{ ...TEXT, text: "" }, ...lines]));
}

const TEXT = { mark: "", depth: 0 } as const;

function driftedLines(resource: DriftedResource, options: LineOptions): DiffLine[] {
  const { address, how, difference } = resource;
  const tone = how === "deleted" ? "danger" : "title";
  const title: DiffLine = { ...TEXT, text: `# ${address} was ${how} outside of Terraform`, tone };
  if (how === "deleted" && !options.verbose) return [title];
  return [title, ...labelledBlock(how === "deleted" ? "-" : "~", labelOf(address), difference, options)];
}

function noticedLines(resource: NoticedResource, options: LineOptions): DiffLine[] {
  const { address, how, attributes, reasons, difference } = resource;
  if (how === "deleted") return [{ ...TEXT, mark: "-", text: address, comment: "not in the configuration either" }];
  const names = attributes.map((name): DiffLine => ({ ...TEXT, depth: 1, text: `${name}: ${reasons[name]}` }));
  if (!options.verbose) return [{ ...TEXT, mark: "~", text: address }, ...names];
  return [...labelledBlock("~", labelOf(address), difference, options), ...names];
}

function labelOf(address: string): string {
  const [type, name] = address.split(".").slice(-2);
  return `resource ${JSON.stringify(type)} ${JSON.stringify(name)}`;
}

function totals(drifts: readonly Drift[], paint: Paint): string {
  const number = (lists: readonly (readonly unknown[])[]) => lists.reduce((sum, { length }) => sum + length, 0);
  const drifted = number(drifts.map((drift) => drift.drifted));
  const noticed = number(drifts.map((drift) => drift.noticed));
  const count = (resources: number) => `${resources} ${resources === 1 ? "resource" : "resources"}`;
  const reverted = drifted === 0 ? "none that an apply would revert" : `${count(drifted)} that an apply would revert`;
  const ignored = noticed === 0 ? "" : `; differences that it ignores in ${count(noticed)}`;
  return `${paint("bold", "Drift:")} ${reverted}${ignored}.`;
}
