import { resolve } from "node:path";
import { ECRClient } from "@aws-sdk/client-ecr";
import { readStacks } from "./deployment/manifest.ts";
import { Terraform } from "./deployment/terraform.ts";
import { bringImages, IMAGES_STACK } from "./images/bring-images.ts";
import { pushByDocker } from "./images/docker-images.ts";
import { ROOT } from "./local/settings.ts";

/**
 * `npm run images`: builds the images that the deployed stack `images` names, by Docker, and pushes those that are not there yet, with the shell's
 * credentials. For a deployment stack by stack, as a pipeline's or the cdktf CLI's, between that stack and `sum`; `npm run deploy` does it by itself.
 */
const output = resolve(ROOT, "cdktf.out");
const stack = readStacks(output).find(({ name }) => name === IMAGES_STACK);
if (!stack) {
  console.error(`There is no stack "${IMAGES_STACK}" in ${output}: synthesize and deploy it first.`);
  process.exit(2);
}
const ecr = new ECRClient({});
const push = pushByDocker(ecr);
await bringImages(ecr, new Terraform(process.env), stack.directory, output, async (image) => {
  console.log(`Pushing ${image.uri}`);
  await push(image);
});
