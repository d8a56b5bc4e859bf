/**
 * Runs in the function's process before the runtime interface client. It replaces the compiled client with
 * `rapid-client.mjs`, and prevents the function from importing packages outside of its zip, which would fail on AWS.
 * Only the AWS SDK can be imported without being in the zip, as in Lambda's Node.js runtimes.
 */
import { registerHooks } from "node:module";
import { AWS_SDK, isolatePackages } from "../../../processes/package-isolation.mjs";

if (process.env.LOCAL_HOSTS) await import("./local-hosts.mjs");

const rapidClient = new URL("./rapid-client.mjs", import.meta.url).href;

isolatePackages(process.env.LAMBDA_TASK_ROOT, AWS_SDK);
registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier === "./rapid-client.node") return { url: rapidClient, format: "module", shortCircuit: true };
    return nextResolve(specifier, context);
  },
});
