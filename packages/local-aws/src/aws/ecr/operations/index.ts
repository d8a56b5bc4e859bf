import type { Operation } from "../../../gateway/protocol.ts";
import { batchCheckLayerAvailability } from "./batch-check-layer-availability.ts";
import { batchDeleteImage } from "./batch-delete-image.ts";
import { batchGetImage } from "./batch-get-image.ts";
import { completeLayerUpload } from "./complete-layer-upload.ts";
import type { EcrContext } from "./context.ts";
import { describeImages } from "./describe-images.ts";
import { describeRepositories } from "./describe-repositories.ts";
import { initiateLayerUpload } from "./initiate-layer-upload.ts";
import { listImages } from "./list-images.ts";
import { putImage } from "./put-image.ts";
import { uploadLayerPart } from "./upload-layer-part.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Operations.html */
export function ecrOperations(context: EcrContext): Readonly<Record<string, Operation>> {
  return {
    BatchCheckLayerAvailability: batchCheckLayerAvailability(context),
    BatchDeleteImage: batchDeleteImage(context),
    BatchGetImage: batchGetImage(context),
    CompleteLayerUpload: completeLayerUpload(context),
    DescribeImages: describeImages(context),
    DescribeRepositories: describeRepositories(context),
    InitiateLayerUpload: initiateLayerUpload(context),
    ListImages: listImages(context),
    PutImage: putImage(context),
    UploadLayerPart: uploadLayerPart(context),
  };
}
