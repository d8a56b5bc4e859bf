import { randomUUID } from "node:crypto";
import { ACCOUNT_ID, REGION } from "../../runtime/account.ts";

/** An event as rules match it and targets receive it. */
export interface BusEvent {
  readonly version: "0";
  readonly id: string;
  readonly "detail-type": string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, to the second. */
  readonly time: string;
  readonly region: string;
  /** ARNs of the resources that the event concerns. */
  readonly resources: readonly string[];
  readonly detail: unknown;
}

/** The part of an event that its source provides. */
export interface EventContent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
  readonly resources?: readonly string[];
}

/** @param time in milliseconds since the epoch. */
export function busEvent({ source, detailType, detail, resources = [] }: EventContent, time: number): BusEvent {
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": detailType,
    source,
    account: ACCOUNT_ID,
    time: new Date(time).toISOString().replace(/\.\d+Z$/, "Z"),
    region: REGION,
    resources,
    detail,
  };
}
