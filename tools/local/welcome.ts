import { outputDirectory } from "../paths/output-directory.ts";
import type { LocalEndpoints } from "./local-endpoints.ts";
import { curlCommands } from "./transcript.ts";

/**
 * What `npm start` prints when everything is deployed: addresses, and commands to paste.
 *
 * @param seconds that the deployment took.
 */
export function welcomeText(endpoints: LocalEndpoints, seconds: number): string {
  const { apiUrl, username, password, releasesUrls, helloUrls, shoutUrl, sumUrl, awsVariables } = endpoints;
  const { uploadExample, list, download, upload } = curlCommands(endpoints);
  const exports = Object.entries(awsVariables).map(([name, value]) => `  export ${name}=${value}`);
  const invoke =
    "aws lambda invoke --function-name nv-demo-postgres-init --cli-binary-format raw-in-base64-out " +
    `--payload '{"name": "init"}' /dev/stdout`;
  return [
    "",
    `Deployed in ${seconds.toFixed(1)} s. Everything runs on this machine. Ctrl-C stops it and keeps the data.`,
    "",
    `  Files API  ${apiUrl}`,
    `  user       ${username}`,
    `  password   ${password}`,
    "",
    "Try it (npm start -- --try runs these commands for you):",
    "",
    "  echo 'The quick brown fox' | tee example anotherfile",
    `  ${uploadExample}`,
    `  ${list}`,
    `  ${download}`,
    `  ${upload}`,
    "",
    ...section(releasesUrls.live, "Releases (npm run system -- release moves stages between versions):", (url) => [
      `curl -s ${url}/build-info`,
    ]),
    ...section(helloUrls.live, "Hello (npm run system -- hello exports and erases the data of a person):", (url) => [
      `curl -s -XPUT ${url}/hello/Ada -d '{"dateOfBirth":"1990-12-10"}'`,
      `curl -s ${url}/hello/Ada`,
    ]),
    ...section(shoutUrl, "Shout (npm run system -- shout reads lines from the terminal):", (url) => [
      `curl -s -d '{"data":"hello"}' ${url}`,
    ]),
    ...section(sumUrl, "Sum, in a browser (npm run system -- load shows how it scales):", (url) => [url]),
    "The AWS CLI and SDKs, in another terminal:",
    "",
    ...exports,
    `  ${invoke}`,
    "  aws logs tail /aws/lambda/nv-demo-postgres-init",
    "",
    "Terraform, with the local provider:",
    "",
    `  npm run local -- terraform -chdir=${outputDirectory().replace(`${process.cwd()}/`, "")}/stacks/vpc state list`,
    "",
  ].join("\n");
}

/** A titled section, unless the environment does not have this part. */
function section(url: string | undefined, title: string, lines: (url: string) => readonly string[]): string[] {
  return url ? [title, "", ...lines(url).map((line) => `  ${line}`), ""] : [];
}
