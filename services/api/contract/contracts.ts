import type { Contract } from "../../../lib/openapi/contract.ts";
import type { Operation } from "../routes.ts";
import { copyFile, moveFile, restoreFile } from "./copying.ts";
import {
  deleteFile,
  deleteFiles,
  downloadFile,
  presignDownload,
  presignFileUpload,
  presignUpload,
  uploadFile,
} from "./files.ts";
import { checkHealth } from "./health.ts";
import { listFiles, searchFiles } from "./listing.ts";
import { abortUpload, completeUpload, listParts, presignPart, presignParts, startUpload } from "./multipart.ts";

/** The contract of each operation of the function `api`, which does not import it. */
export const contracts: Readonly<Record<Operation, Contract>> = {
  "list-files": listFiles,
  "search-files": searchFiles,
  "download-file": downloadFile,
  "upload-file": uploadFile,
  "delete-file": deleteFile,
  "delete-files": deleteFiles,
  "copy-file": copyFile,
  "move-file": moveFile,
  "restore-file": restoreFile,
  "presign-upload": presignUpload,
  "presign-download": presignDownload,
  "presign-file-upload": presignFileUpload,
  "start-upload": startUpload,
  "list-parts": listParts,
  "presign-part": presignPart,
  "presign-parts": presignParts,
  "complete-upload": completeUpload,
  "abort-upload": abortUpload,
  "check-health": checkHealth,
};
