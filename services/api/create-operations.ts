import type { Log } from "../../lib/log/log.ts";
import type { ObjectStore } from "../../lib/objects/object-store.ts";
import type { Clock } from "../../lib/time/clock.ts";
import type { FileCatalog } from "./file-catalog.ts";
import type { Operations } from "./operation.ts";
import { checkHealth, type Probe } from "./operations/check-health.ts";
import { deleteFile } from "./operations/delete-file.ts";
import { downloadFile } from "./operations/download-file.ts";
import { listFiles } from "./operations/list-files.ts";
import { presignDownload } from "./operations/presign-download.ts";
import { presignUpload } from "./operations/presign-upload.ts";
import { searchFiles } from "./operations/search-files.ts";
import { uploadFile } from "./operations/upload-file.ts";

export interface OperationDependencies {
  readonly objects: ObjectStore;
  readonly catalog: FileCatalog;
  readonly probes: readonly Probe[];
  readonly clock: Clock;
  readonly log: Log;
}

/** The implementation of each operation of the Files API. */
export const createOperations = ({ objects, catalog, probes, clock, log }: OperationDependencies): Operations => ({
  "list-files": listFiles(catalog),
  "search-files": searchFiles(catalog),
  "download-file": downloadFile(objects, catalog),
  "upload-file": uploadFile(objects),
  "delete-file": deleteFile(objects),
  "presign-upload": presignUpload(objects),
  "presign-download": presignDownload(objects, catalog),
  "check-health": checkHealth(probes, clock, log),
});
