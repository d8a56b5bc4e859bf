import { checkUrl } from "../command-line/check-url.ts";
import { defineCommand } from "../command-line/command.ts";

/** `npm run system -- shout` */
export const shoutCommand = defineCommand({
  name: "shout",
  summary: "Sends lines to the Shout API and prints the responses",
  description:
    "Reads lines until the end of the input, on a terminal until an empty line. Without a URL it uses the running " +
    "local deployment, or one that is started for it.",
  environment: true,
  arguments: { url: { description: "the address of another Shout API", optional: true, check: checkUrl } },
  examples: [
    { args: "", description: "reads lines from the terminal" },
    { args: "https://shout.example.com < lines.txt", description: "sends the lines of a file to another API" },
  ],
  exitCodes: { 1: "a request failed, or had an error response" },
  run: async ({ environment, arguments: { url } }) => (await import("./shout-lines.ts")).shoutLines(environment, url),
});
