import type { AuditLog } from "../../lib/audit/audit-log.ts";
import type { Log } from "../../lib/log/log.ts";
import type { ObjectStore } from "../../lib/objects/object-store.ts";
import type { UploadStore } from "../../lib/objects/upload-store.ts";
import type { Clock } from "../../lib/time/clock.ts";
import type { FileCatalog } from "./file-catalog.ts";
import type { Operations } from "./operation.ts";
import { abortUpload } from "./operations/abort-upload.ts";
import { checkHealth, type Probe } from "./operations/check-health.ts";
import { completeUpload } from "./operations/complete-upload.ts";
import { copyFile } from "./operations/copy-file.ts";
import { deleteFile } from "./operations/delete-file.ts";
import { deleteFiles } from "./operations/delete-files.ts";
import { downloadFile } from "./operations/download-file.ts";
import { listFiles } from "./operations/list-files.ts";
import { listParts } from "./operations/list-parts.ts";
import { moveFile } from "./operations/move-file.ts";
import { presignDownload } from "./operations/presign-download.ts";
import { presignFileUpload } from "./operations/presign-file-upload.ts";
import { presignPart, presignParts } from "./operations/presign-part.ts";
import { presignUpload } from "./operations/presign-upload.ts";
import { restoreFile } from "./operations/restore-file.ts";
import { searchFiles } from "./operations/search-files.ts";
import { startUpload } from "./operations/start-upload.ts";
import { uploadFile } from "./operations/upload-file.ts";

export interface OperationDependencies {
  readonly objects: ObjectStore;
  readonly uploads: UploadStore;
  readonly catalog: FileCatalog;
  readonly audit: AuditLog;
  readonly probes: readonly Probe[];
  readonly clock: Clock;
  readonly log: Log;
}

/** The implementation of each operation of the Files API. */
export const createOperations = ({
  objects,
  uploads,
  catalog,
  audit,
  probes,
  clock,
  log,
}: OperationDependencies): Operations => ({
  "list-files": listFiles(catalog),
  "search-files": searchFiles(catalog),
  "download-file": downloadFile(objects, catalog),
  "upload-file": uploadFile(objects),
  "delete-file": deleteFile(objects),
  "delete-files": deleteFiles(objects, audit),
  "copy-file": copyFile({ objects, uploads, clock }),
  "move-file": moveFile({ objects, uploads, clock }),
  "restore-file": restoreFile({ objects, uploads, clock }),
  "presign-upload": presignUpload(objects),
  "presign-download": presignDownload(objects, catalog),
  "presign-file-upload": presignFileUpload(objects),
  "start-upload": startUpload(uploads),
  "list-parts": listParts(uploads),
  "presign-part": presignPart(uploads),
  "presign-parts": presignParts(uploads),
  "complete-upload": completeUpload(uploads, objects),
  "abort-upload": abortUpload(uploads),
  "check-health": checkHealth(probes, clock, log),
});
