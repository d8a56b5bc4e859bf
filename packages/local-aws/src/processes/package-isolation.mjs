/** Prevents the modules of a program from importing packages outside of its folder, as where it is deployed. */
import { isBuiltin, registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

/**
 * @param folder of the program.
 * @param provided matches the packages that the platform provides. The program's own copy of one takes precedence.
 */
export function isolatePackages(folder, provided) {
  const root = pathToFileURL(`${folder}/`).href;
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const isBare = !isBuiltin(specifier) && !/^(\.{0,2}\/|\w+:)/.test(specifier);
      if (!isBare || !context.parentURL?.startsWith(root)) return nextResolve(specifier, context);
      if (provided?.test(specifier)) return resolveProvided(specifier, context, nextResolve);
      const resolved = nextResolve(specifier, context);
      if (!resolved.url.startsWith(root)) throw notFound(specifier, context);
      return resolved;
    },
  });
}

/** The packages that Lambda's Node.js runtimes provide. */
export const AWS_SDK = /^@(aws-sdk|smithy)\//;

function resolveProvided(specifier, context, nextResolve) {
  try {
    return nextResolve(specifier, context);
  } catch {
    return nextResolve(specifier, { ...context, parentURL: import.meta.url });
  }
}

/** The error of Node.js for a package that does not exist. */
function notFound(specifier, { conditions, parentURL }) {
  return conditions.includes("require")
    ? Object.assign(new Error(`Cannot find module '${specifier}'\nRequire stack:\n- ${parentURL}`), {
        code: "MODULE_NOT_FOUND",
      })
    : Object.assign(new Error(`Cannot find package '${specifier}' imported from ${parentURL}`), {
        code: "ERR_MODULE_NOT_FOUND",
      });
}
