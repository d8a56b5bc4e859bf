import { expect, it } from "vitest";
import { parseUnit, parseVariables } from "./systemd-unit.ts";

it("reads the settings of the [Service] section only", () => {
  const unit = parseUnit(`[Unit]
Description=x
ExecStart=/not/this

[Service]
# a comment
EnvironmentFile=/etc/app/environment
Environment=A=1 B=two=2
ExecStart=/usr/bin/node /opt/app/index.mjs --flag
WorkingDirectory=/opt/app
StandardOutput=append:/var/log/app.log
Restart=always
RestartSec=2

[Install]
WantedBy=multi-user.target
`);
  expect(unit).toEqual({
    command: ["/usr/bin/node", "/opt/app/index.mjs", "--flag"],
    workingDirectory: "/opt/app",
    environment: { A: "1", B: "two=2" },
    environmentFiles: ["/etc/app/environment"],
    output: "/var/log/app.log",
    restarts: true,
    restartDelay: 2,
  });
});

it("has the defaults of systemd", () => {
  expect(parseUnit("[Service]\nExecStart=node x\n")).toMatchObject({
    workingDirectory: "/",
    output: undefined,
    restarts: false,
    restartDelay: 0.1,
  });
});

it("reads an environment file", () => {
  expect(parseVariables(["# no=1", "A=b=c", "", "  D=e "])).toEqual({ A: "b=c", D: "e" });
});
