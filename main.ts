import { join } from "node:path";
import { App } from "cdktf";
import { routes as files } from "./services/api/routes.ts";
import { routes as releases } from "./services/build-info/routes.ts";
import { routes as hello } from "./services/hello/routes.ts";
import { readEnvironment } from "./stacks/environment/read-environment.ts";
import { addStacks } from "./stacks/stacks.ts";
import { bundleServices } from "./tools/bundle/bundle-services.ts";

// Synthesizes every stack of the environment that NV_DEMO_ENVIRONMENT names. The cdktf CLI runs it through cdktf.json.
const environment = readEnvironment(process.env);
const app = new App({ stackTraces: false });
const bundles = await bundleServices(join(app.outdir, "bundles"));
addStacks(app, { environment, bundles, routes: { files, hello, releases } });
app.synth();
