import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { routes as files } from "./services/api/routes.ts";
import { routes as releases } from "./services/build-info/routes.ts";
import { routes as docs } from "./services/docs/routes.ts";
import { routes as hello } from "./services/hello/routes.ts";
import { routes as ui } from "./services/ui/routes.ts";
import { routes as users } from "./services/users/routes.ts";
import { readEnvironment } from "./stacks/environment/read-environment.ts";
import { addStacks } from "./stacks/stacks.ts";
import { readBuildVariable } from "./tools/bundle/build-variable.ts";
import { bundleServices } from "./tools/bundle/bundle-services.ts";

// Synthesizes every stack of the environment that NV_DEMO_ENVIRONMENT names. The cdktf CLI runs it through cdktf.json.
// A command of ours that runs it (tools/synth/synthesize.ts) is told of the progress, and it ends with that command.
const report = (phase: "bundle" | "synthesize", done: number, total: number) => process.send?.({ phase, done, total });
process.on("disconnect", () => process.exit(1));
process.channel?.unref?.();

const environment = readEnvironment(process.env);
const app = new App({ stackTraces: false });
const bundles = await bundleServices(join(app.outdir, "bundles"), {
  ...readBuildVariable(process.env),
  onBundled: (done, total) => report("bundle", done, total),
});
addStacks(app, { environment, bundles, routes: { files, users, ui, docs, hello, releases } });

const stacks = app.node.findAll().filter((construct) => TerraformStack.isStack(construct)) as TerraformStack[];
for (const [index, stack] of stacks.entries()) {
  const { synthesizer } = stack;
  stack.synthesizer = {
    synthesize(session) {
      synthesizer.synthesize(session);
      report("synthesize", index + 1, stacks.length);
    },
  };
}
report("synthesize", 0, stacks.length);
app.synth();
