import type { Dimensions } from "./metric-sink.ts";

/** A dimension in a request or a response. */
export interface DimensionInput {
  readonly Name: string;
  readonly Value: string;
}

export function dimensionsOf(dimensions: readonly DimensionInput[] = []): Dimensions {
  return Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value]));
}

export function describeDimensions(dimensions: Dimensions): DimensionInput[] {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}
