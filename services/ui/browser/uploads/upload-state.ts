import { nameOf } from "../model/keys.ts";
import type { Upload } from "./uploader.ts";

export type UploadStatus = "waiting" | "uploading" | "paused" | "done" | "failed";

/** An upload as it is shown. */
export interface UploadItem {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly size: number;
  readonly sent: number;
  readonly status: UploadStatus;
  /** Why it has failed. */
  readonly error: string;
}

export interface UploadSummary {
  readonly done: number;
  readonly failed: number;
  /** Neither done nor failed. */
  readonly left: number;
  readonly total: number;
  /** From 0 to 100, by size. */
  readonly percent: number;
}

export const itemOf = (upload: Upload): UploadItem => ({
  id: upload.id,
  key: upload.meta.key,
  name: nameOf(upload.meta.key),
  size: upload.size ?? 0,
  sent: Number(upload.progress.bytesUploaded) || 0,
  status: statusOf(upload),
  error: upload.error ?? "",
});

function statusOf({ progress, error, isPaused }: Upload): UploadStatus {
  if (error) return "failed";
  if (progress.uploadComplete) return "done";
  if (isPaused) return "paused";
  return progress.uploadStarted && progress.bytesUploaded ? "uploading" : "waiting";
}

/** Whether nothing is sent any more, unless the user asks for it. */
export const hasEnded = ({ status }: UploadItem): boolean => status === "done" || status === "failed";

export function summarize(items: readonly UploadItem[]): UploadSummary {
  const count = (status: UploadStatus): number => items.filter((item) => item.status === status).length;
  const [done, failed] = [count("done"), count("failed")];
  // An empty file counts as well.
  const weight = items.reduce((sum, { size }) => sum + size + 1, 0);
  const sent = items.reduce((sum, item) => sum + (item.status === "done" ? item.size + 1 : item.sent), 0);
  const percent = weight === 0 ? 0 : Math.floor((100 * sent) / weight);
  return { done, failed, left: items.length - done - failed, total: items.length, percent };
}
