import { defineCommand } from "../command-line/command.ts";

/** `npm run tool -- screenshots` */
export const screenshotsCommand = defineCommand({
  name: "screenshots",
  summary: "Records npm start for the README, into docs/images",
  description: "It deploys to a temporary folder, beside a running npm start, and needs script of util-linux.",
  examples: [
    { args: "", description: "writes the recording" },
    { args: "&& git diff --stat docs/images", description: "shows whether it has changed" },
  ],
  run: async () => (await import("./write-screenshots.ts")).writeScreenshots(),
});
