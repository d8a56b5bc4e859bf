import type { BuildInfo } from "../../services/build-info/build-info.ts";

const NAME = "NV_DEMO_BUILD_INFO";

/**
 * A variable with which `main.ts` bundles another commit than the current one: while changes are deployed as they are
 * saved, that of the start. Otherwise the first change after each commit would also change what contains the commit.
 */
export function buildVariable(build: BuildInfo): Readonly<Record<string, string>> {
  return { [NAME]: JSON.stringify(build) };
}

/** The commit in the variable, as an option of `bundleServices`; none without the variable. */
export function readBuildVariable(variables: NodeJS.ProcessEnv): { readonly build?: BuildInfo } {
  const text = variables[NAME];
  return text === undefined ? {} : { build: JSON.parse(text) as BuildInfo };
}
