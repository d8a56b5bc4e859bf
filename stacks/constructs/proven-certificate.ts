import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate/index.js";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation/index.js";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record/index.js";
import { Construct } from "constructs";

export interface ProvenCertificateProps {
  readonly domain: string;
  /** The zone that holds the domain. */
  readonly zoneId: string;
}

/** A certificate that ACM renews by itself as long as the record that proves the domain stays. */
export class ProvenCertificate extends Construct {
  /** Known once the certificate is valid. */
  readonly arn: string;

  constructor(scope: Construct, id: string, { domain, zoneId }: ProvenCertificateProps) {
    super(scope, id);
    const certificate = new AcmCertificate(this, "Certificate", {
      domainName: domain,
      validationMethod: "DNS",
      lifecycle: { createBeforeDestroy: true },
    });
    const proof = certificate.domainValidationOptions.get(0);
    const record = new Route53Record(this, "Proof", {
      zoneId,
      name: proof.resourceRecordName,
      type: proof.resourceRecordType,
      records: [proof.resourceRecordValue],
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
