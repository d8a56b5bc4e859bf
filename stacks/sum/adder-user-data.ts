import { type CloudInit, cloudConfig } from "../constructs/cloud-init.ts";

export interface AdderUserDataProps {
  /** S3 URI of the zip file. */
  readonly program: string;
  readonly region: string;
  readonly logGroup: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Path to which the certificate authority of RDS is downloaded. */
  readonly certificates: string;
}

// Paths on the instance. Amazon Linux and the CloudWatch agent also install in /opt.
const FOLDER = "/opt/adder";
const ARCHIVE = `${FOLDER}/adder.zip`;
const LOG = "/var/log/adder.log";
const AGENT_CONFIG = "/opt/aws/amazon-cloudwatch-agent/etc/adder.json";

/**
 * The user data of the adder's instance: installs the program as a systemd unit and the CloudWatch agent that forwards
 * its log. It contains no secrets.
 */
export function adderUserData({ program, region, logGroup, variables, certificates }: AdderUserDataProps): string {
  const agent = {
    agent: { region },
    logs: {
      logs_collected: {
        files: { collect_list: [{ file_path: LOG, log_group_name: logGroup, log_stream_name: "{instance_id}" }] },
      },
    },
  };
  const cloudInit: CloudInit = {
    users: ["adder"],
    packages: ["amazon-cloudwatch-agent", "nodejs24", "unzip"],
    files: [
      { path: "/etc/systemd/system/adder.service", content: UNIT },
      {
        path: "/etc/adder/environment",
        content: Object.entries(variables)
          .map(([name, value]) => `${name}=${value}\n`)
          .join(""),
      },
      { path: "/etc/logrotate.d/adder", content: `${LOG} {\n  daily\n  rotate 3\n  copytruncate\n  missingok\n}\n` },
      { path: AGENT_CONFIG, content: JSON.stringify(agent) },
    ],
    commands: [
      ["mkdir", "-p", FOLDER],
      ["curl", "-sSf", "-o", certificates, "https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem"],
      ["aws", "s3", "cp", program, ARCHIVE, "--region", region],
      ["unzip", "-o", ARCHIVE, "-d", FOLDER],
      ["systemctl", "enable", "--now", "adder.service"],
      [
        "/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl",
        "-a",
        "fetch-config",
        "-m",
        "ec2",
        "-s",
        "-c",
        `file:${AGENT_CONFIG}`,
      ],
    ],
  };
  return cloudConfig(cloudInit);
}

const UNIT = `[Unit]
Description=The adder of the Sum system
Wants=network-online.target
After=network-online.target

[Service]
User=adder
EnvironmentFile=/etc/adder/environment
ExecStart=/usr/bin/node ${FOLDER}/index.mjs
StandardOutput=append:${LOG}
StandardError=inherit
Restart=always
RestartSec=2
NoNewPrivileges=yes
CapabilityBoundingSet=
PrivateDevices=yes
PrivateTmp=yes
ProtectHome=yes
ProtectSystem=strict

[Install]
WantedBy=multi-user.target
`;
