import { BatchGetTracesCommand, GetTraceSummariesCommand, XRayClient } from "@aws-sdk/client-xray";
import { clientSettings } from "./client-settings.ts";
import { target } from "./target.ts";

/** A segment or a subsegment, as X-Ray returns it. */
export interface Segment {
  readonly id: string;
  readonly name: string;
  readonly parent_id?: string;
  readonly origin?: string;
  readonly inferred?: boolean;
  readonly error?: boolean;
  readonly http?: { readonly request?: { readonly url?: string }; readonly response?: { readonly status?: number } };
  readonly aws?: Readonly<Record<string, unknown>>;
  readonly sql?: { readonly sanitized_query?: string };
  readonly annotations?: Readonly<Record<string, unknown>>;
  readonly links?: readonly { readonly trace_id?: string }[];
  readonly subsegments?: readonly Segment[];
}

/** X-Ray returns at most 5 traces at once. */
const MAX_TRACES = 5;

const client = new XRayClient(clientSettings(target.awsVariables));

/** The IDs of the traces since a time that a filter expression matches, newest first. */
export async function findTraces(since: Date, FilterExpression?: string): Promise<string[]> {
  const ids: string[] = [];
  let NextToken: string | undefined;
  do {
    const range = { StartTime: since, EndTime: new Date(Date.now() + 1_000) };
    const page = await client.send(new GetTraceSummariesCommand({ ...range, FilterExpression, NextToken }));
    ids.push(...(page.TraceSummaries ?? []).flatMap(({ Id }) => Id ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return ids;
}

/** The documents of traces. */
export async function readDocuments(ids: readonly string[]): Promise<string[]> {
  const documents: string[] = [];
  for (let start = 0; start < ids.length; start += MAX_TRACES) {
    const command = new BatchGetTracesCommand({ TraceIds: ids.slice(start, start + MAX_TRACES) });
    const { Traces = [] } = await client.send(command);
    documents.push(...Traces.flatMap(({ Segments = [] }) => Segments.flatMap(({ Document }) => Document ?? [])));
  }
  return documents;
}

/** All segments and subsegments of a trace. */
export async function readTrace(id: string): Promise<Segment[]> {
  const segments = (await readDocuments([id])).map((document) => JSON.parse(document) as Segment);
  return segments.flatMap(withSubsegments);
}

const withSubsegments = (segment: Segment): Segment[] => [
  segment,
  ...(segment.subsegments ?? []).flatMap((part) => withSubsegments({ ...part, parent_id: segment.id })),
];

/** The names of a segment's ancestors in a trace, the root first, and its own. */
export function pathOf(trace: readonly Segment[], segment: Segment): string[] {
  const parent = trace.find(({ id }) => id === segment.parent_id);
  return [...(parent ? pathOf(trace, parent) : []), segment.name];
}
