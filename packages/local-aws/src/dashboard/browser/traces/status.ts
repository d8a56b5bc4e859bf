import type { TraceStatus } from "../../trace-views.ts";
import { badge, type Tone } from "../parts.ts";

export const TONES: Readonly<Record<TraceStatus, Tone>> = {
  ok: "good",
  error: "warning",
  throttled: "warning",
  fault: "bad",
  "in progress": "accent",
};

export function statusBadge(status: TraceStatus): HTMLElement {
  return badge(status, TONES[status]);
}
