import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";

/** Swagger UI has a dark color scheme, but does not follow the browser's preference. */
const prefersDark = matchMedia("(prefers-color-scheme: dark)");
const followPreference = () => document.documentElement.classList.toggle("dark-mode", prefersDark.matches);
prefersDark.addEventListener("change", followPreference);
followPreference();

SwaggerUI({
  url: "/api/openapi.json",
  dom_id: "#api",
  deepLinking: true,
  filter: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  // The validator is a service elsewhere.
  validatorUrl: null,
});
