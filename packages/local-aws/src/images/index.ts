/** Container images without Docker: built from a Dockerfile that copies files, and pushed through ECR's own API. */
export { type Dockerfile, DockerfileError, parseDockerfile } from "./dockerfile.ts";
export { buildImage, type Image } from "./image.ts";
export { type ImageName, pushImage } from "./push-image.ts";
