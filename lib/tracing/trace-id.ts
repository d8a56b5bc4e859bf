import { randomBytes } from "node:crypto";

/** The ID of a segment: 64 random bits. https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html */
export const createSegmentId = (): string => randomBytes(8).toString("hex");

/** The ID of a new trace: its version, the time in seconds, and 96 random bits. @param now milliseconds */
export const createTraceId = (now: number): string =>
  `1-${Math.floor(now / 1_000)
    .toString(16)
    .padStart(8, "0")}-${randomBytes(12).toString("hex")}`;
