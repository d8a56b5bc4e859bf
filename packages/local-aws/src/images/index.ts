/** Container images without Docker: built from a Dockerfile that copies files, and pushed with the API of ECR. */
export { type Dockerfile, DockerfileError, parseDockerfile } from "./dockerfile.ts";
export { buildImage, type Image } from "./image.ts";
export { type ImageName, pushImage } from "./push-image.ts";
