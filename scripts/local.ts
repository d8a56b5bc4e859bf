import { InstanceRunningError, runCommand } from "@nv-demo/local-aws";
import { localAwsOptions } from "../tools/local/local-aws-options.ts";
import { dataDirectory } from "../tools/synth/settings.ts";

/**
 * `npm run local -- <command …>`: runs any command with the local AWS in place of AWS: `terraform` gets the local provider attached, the AWS CLI and
 * SDKs the endpoint and the key, `npx cdktf-cli` both. Uses the running instance, or starts one for as long as the command runs.
 */
const [command, ...args] = process.argv.slice(2);
if (command === undefined) {
  console.error(
    "usage: npm run local -- <command> [arguments]\n  npm run local -- terraform -chdir=cdktf.out/stacks/vpc state list",
  );
  process.exit(2);
}
try {
  process.exit(
    await runCommand(command, args, {
      ...localAwsOptions(),
      directory: dataDirectory(),
      environment: {
        ...process.env,
        NV_DEMO_ENVIRONMENT: "local",
        PATH: process.env.NV_DEMO_USER_PATH ?? process.env.PATH,
      },
    }),
  );
} catch (error) {
  if (!(error instanceof InstanceRunningError)) throw error;
  console.error(error.message);
  process.exit(1);
}
