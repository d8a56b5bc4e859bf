import type { DashboardContent, DashboardLink, DashboardSystem } from "@nv-demo/local-aws";
import { physicalName } from "../../stacks/base/naming.ts";
import { environmentData } from "../../stacks/environment/environments.ts";
import { baseDashboard } from "../aws/base-dashboard.ts";
import type { LocalEndpoints } from "./local-endpoints.ts";

/** The content of the dashboard of a deployment: the systems that it has, with links and examples to paste. */
export function dashboardContent(endpoints: LocalEndpoints): DashboardContent {
  const systems = [
    files(endpoints),
    shout(endpoints),
    hello(endpoints),
    sum(endpoints),
    releases(endpoints),
    alarms(endpoints),
  ];
  return { ...baseDashboard(), systems: systems.filter((system) => system !== undefined) };
}

function files({ apiUrl: url }: LocalEndpoints): DashboardSystem | undefined {
  if (url === "") return undefined;
  const curl = 'curl -s -u "$FILES_USER:$FILES_PASSWORD"';
  return {
    name: "Files",
    description: "Upload a file and PostgreSQL is updated; list, download and delete files, behind authentication.",
    access: {
      title: "User and password",
      text: "The first command prints them. The second sets the variables that the examples use.",
      commands: ["npm run info", 'eval "$(npm run --silent env)"'],
    },
    links: [
      { label: "Page", url: `${url}/ui` },
      { label: "Health", url: `${url}/health` },
    ],
    examples: [
      {
        label: "Upload",
        command: `echo 'The quick brown fox' > example\n${curl} \\\n  -T example \\\n  ${url}/api/upload/example`,
      },
      { label: "List", command: `${curl} \\\n  ${url}` },
      { label: "Download", command: `${curl} \\\n  ${url}/example` },
    ],
  };
}

function shout({ shoutUrl: url }: LocalEndpoints): DashboardSystem | undefined {
  if (url === "") return undefined;
  return {
    name: "Shout",
    description: "Reverses a text and has an external service capitalize it.",
    links: [{ label: "Health", url: `${url}/health` }],
    examples: [{ label: "Shout", command: `curl -s -d '{"data":"hello"}' \\\n  ${url}` }],
  };
}

function hello({ helloUrls }: LocalEndpoints): DashboardSystem | undefined {
  const url = helloUrls.live;
  if (!url) return undefined;
  return {
    name: "Hello",
    description: "Counts the days to a birthday, behind CloudFront.",
    links: stageLinks(helloUrls, "/hello/Ada"),
    examples: [
      { label: "Save a birthday", command: `curl -s -XPUT -d '{"dateOfBirth":"1815-12-10"}' \\\n  ${url}/hello/Ada` },
      { label: "Greet", command: `curl -s ${url}/hello/Ada` },
    ],
  };
}

function sum({ sumUrl: url }: LocalEndpoints): DashboardSystem | undefined {
  if (url === "") return undefined;
  return {
    name: "Sum",
    description: "Adds numbers exactly, displays and resets them: a virtual machine and two containers.",
    links: [
      { label: "Home", url },
      { label: "Add", url: `${url}/adder_service` },
      { label: "Display", url: `${url}/display_service` },
      { label: "Reset", url: `${url}/reset_service` },
    ],
    examples: [{ label: "Add a number", command: `curl -s --json '{"number": 0.1}' \\\n  ${url}/add_number` }],
  };
}

function releases({ releasesUrls }: LocalEndpoints): DashboardSystem | undefined {
  const url = releasesUrls.live;
  if (!url) return undefined;
  return {
    name: "Releases",
    description: "One artifact, released stage by stage with promotions, canaries and rollbacks.",
    links: stageLinks(releasesUrls, "/build-info"),
    examples: [
      { label: "What a stage serves", command: `curl -s ${url}/build-info` },
      { label: "Versions of all stages", command: "npm run system -- release status" },
    ],
  };
}

function alarms({ notificationsUrl: url }: LocalEndpoints): DashboardSystem | undefined {
  if (url === undefined) return undefined;
  const name = physicalName(environmentData("local"), "alarm", "notifier-errors");
  const set = `npm run local -- aws cloudwatch set-alarm-state \\\n  --alarm-name ${name} --state-reason test --state-value`;
  return {
    name: "Alarms",
    description: "Alarms of all systems are sent to Slack and, when they are critical, to PagerDuty.",
    links: [{ label: "Received messages", url }],
    examples: [
      { label: "Start an alarm", command: `${set} ALARM` },
      { label: "End it", command: `${set} OK` },
    ],
  };
}

function stageLinks(urls: Readonly<Record<string, string>>, path: string): readonly DashboardLink[] {
  return Object.entries(urls).map(([stage, url]) => ({ label: stage, url: url + path }));
}
