/** What several operations refer to. */
export const components = {
  securitySchemes: {
    basic: { type: "http", scheme: "basic", description: "The name and the password of a user." },
    bearer: {
      type: "http",
      scheme: "bearer",
      description: "An access key, the token of a session, or a token of the OpenID provider of the deployment.",
    },
  },
  schemas: {
    Problem: {
      type: "object",
      description: "Problem details (RFC 9457). Some codes have further members.",
      properties: {
        status: { type: "integer", minimum: 400, maximum: 599 },
        title: { type: "string" },
        code: { type: "string", description: "Stable, for programs." },
        detail: { type: "string", description: "For people." },
        instance: { type: "string", description: "The path of the request." },
        requestId: { type: "string" },
        traceId: { type: "string", description: "The ID of the trace in AWS X-Ray." },
      },
      required: ["status", "title", "code", "detail", "instance", "requestId"],
      example: {
        status: 404,
        title: "Not Found",
        code: "FileNotFound",
        detail: "There is no such file.",
        instance: "/api/files/anotherfile",
        requestId: "JKJaXmPLvHcESHA=",
        traceId: "1-5759e988-bd862e3fe1be46a994272793",
      },
    },
    GatewayError: {
      type: "object",
      description: "An error of API Gateway, before or after it invoked the function.",
      properties: { message: { type: ["string", "null"] } },
      required: ["message"],
      additionalProperties: false,
    },
  },
} as const;
