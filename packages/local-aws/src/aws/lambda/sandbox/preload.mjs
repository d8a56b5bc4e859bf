/**
 * Runs in the function's process before the runtime interface client. It replaces the compiled client with
 * `rapid-client.mjs`, and prevents the function from importing packages outside of its zip, which would fail on AWS.
 * Only the AWS SDK can be imported without being in the zip, as in Lambda's Node.js runtimes.
 */
import { isBuiltin, registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

if (process.env.LOCAL_HOSTS) await import("./local-hosts.mjs");

const taskRoot = pathToFileURL(`${process.env.LAMBDA_TASK_ROOT}/`).href;
const rapidClient = new URL("./rapid-client.mjs", import.meta.url).href;

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier === "./rapid-client.node") return { url: rapidClient, format: "module", shortCircuit: true };
    const isBare = !isBuiltin(specifier) && !/^(\.{0,2}\/|\w+:)/.test(specifier);
    if (!isBare || !context.parentURL?.startsWith(taskRoot)) return nextResolve(specifier, context);
    if (/^@(aws-sdk|smithy)\//.test(specifier)) return resolveSdk(specifier, context, nextResolve);
    const resolved = nextResolve(specifier, context);
    if (!resolved.url.startsWith(taskRoot)) throw notFound(specifier, context);
    return resolved;
  },
});

/** The function's own copy of an SDK package takes precedence. */
function resolveSdk(specifier, context, nextResolve) {
  try {
    return nextResolve(specifier, context);
  } catch {
    return nextResolve(specifier, { ...context, parentURL: import.meta.url });
  }
}

function notFound(specifier, { conditions, parentURL }) {
  return conditions.includes("require")
    ? Object.assign(new Error(`Cannot find module '${specifier}'\nRequire stack:\n- ${parentURL}`), {
        code: "MODULE_NOT_FOUND",
      })
    : Object.assign(new Error(`Cannot find package '${specifier}' imported from ${parentURL}`), {
        code: "ERR_MODULE_NOT_FOUND",
      });
}
