import { defineCommand } from "../command-line/command.ts";

/** `npm run tool -- images` */
export const imagesCommand = defineCommand({
  name: "images",
  summary: "Builds the container images of the stacks, and pushes those that the repositories do not have",
  description: `For AWS it needs Docker. deploy and apply do the same after the stack "images".`,
  environment: true,
  examples: [
    { args: "dev", description: "builds with Docker, and pushes to ECR" },
    { args: "local", description: "builds without Docker, for the local deployment" },
  ],
  run: async ({ environment }) => (await import("./push-images.ts")).pushImages(environment),
});
