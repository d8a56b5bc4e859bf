import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate/index.js";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation/index.js";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record/index.js";
import { Construct } from "constructs";

export interface DnsValidatedCertificateProps {
  readonly domain: string;
  /** The hosted zone of the domain. */
  readonly zoneId: string;
}

/** An ACM certificate with DNS validation. ACM renews it automatically as long as the validation record exists. */
export class DnsValidatedCertificate extends Construct {
  /** Available once the certificate is issued. */
  readonly arn: string;

  constructor(scope: Construct, id: string, { domain, zoneId }: DnsValidatedCertificateProps) {
    super(scope, id);
    const certificate = new AcmCertificate(this, "Certificate", {
      domainName: domain,
      validationMethod: "DNS",
      lifecycle: { createBeforeDestroy: true },
    });
    const option = certificate.domainValidationOptions.get(0);
    const record = new Route53Record(this, "Proof", {
      zoneId,
      name: option.resourceRecordName,
      type: option.resourceRecordType,
      records: [option.resourceRecordValue],
      ttl: 300,
      allowOverwrite: true,
    });
    const validation = new AcmCertificateValidation(this, "Validation", {
      certificateArn: certificate.arn,
      validationRecordFqdns: [record.fqdn],
    });
    this.arn = validation.certificateArn;
  }
}
