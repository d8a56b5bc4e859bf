import { checkUrl } from "../command-line/check-url.ts";
import { defineCommand } from "../command-line/command.ts";

/** `npm run system -- load` */
export const loadCommand = defineCommand({
  name: "load",
  summary: "Sends requests to the Sum system, and shows how its service scales",
  description:
    "Without a URL it uses the running local deployment. With one it counts tasks with the credentials of the shell.",
  environment: true,
  arguments: { url: { description: "the address of another Sum system", optional: true, check: checkUrl } },
  options: {
    rate: {
      type: "number",
      value: "n",
      description: "requests per minute; the service scales at 75 per task",
      minimum: 1,
      maximum: 60_000,
      default: 600,
    },
    minutes: {
      type: "number",
      value: "n",
      description: "duration; AWS scales after 3 minutes, the local AWS after 15 seconds",
      minimum: 0.01,
      maximum: 60,
      default: 1,
    },
    cluster: { type: "string", value: "name", description: "ECS cluster of the service; default: the environment's" },
    service: { type: "string", value: "name", description: "ECS service whose tasks are counted; default: display" },
  },
  examples: [
    { args: "--rate 900 --minutes 2", description: "1,800 requests to the local deployment" },
    { args: "dev http://sum.example.com", description: "600 requests to dev" },
  ],
  exitCodes: { 1: "a request failed" },
  run: async ({ environment, arguments: { url }, options }) =>
    (await import("./generate-load.ts")).generateLoad(environment, url, options),
});
