import { serve } from "../../lib/sum/serve.ts";
import { adderRoutes } from "./routes.ts";

await serve(adderRoutes);
