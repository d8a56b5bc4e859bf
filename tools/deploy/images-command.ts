import { defineCommand } from "../command-line/command.ts";

/** `npm run tool -- images` */
export const imagesCommand = defineCommand({
  name: "images",
  summary: "Builds the container images, and pushes those that are missing",
  description: `For AWS it needs Docker. deploy and apply do the same after the stack "images".`,
  environment: true,
  examples: [
    { args: "dev", description: "builds with Docker, and pushes to ECR" },
    { args: "local", description: "builds without Docker, for the local deployment" },
  ],
  run: async ({ environment }) => (await import("./push-images.ts")).pushImages(environment),
});
