/** A message of AWS Cost Anomaly Detection. */
export const costAnomaly = () => ({
  accountId: "123456789012",
  anomalyDetailsLink: "https://console.aws.amazon.com/cost-management/home#/anomaly-detection/monitors/m/anomalies/a",
  anomalyEndDate: "2026-11-28T00:00:00Z",
  anomalyId: "12345678-abcd-ef12-3456-987654321a12",
  anomalyScore: { currentScore: 0.47, maxScore: 0.47 },
  anomalyStartDate: "2026-11-27T00:00:00Z",
  dimensionalValue: "AWS Lambda",
  impact: {
    maxImpact: 20,
    totalActualSpend: 31.5,
    totalExpectedSpend: 1.25,
    totalImpact: 30.25,
    totalImpactPercentage: 2420,
  },
  monitorArn: "arn:aws:ce::123456789012:anomalymonitor/b0b9fb32-5e4c-4b8a-8c5e-2f0c7e9a1d11",
  monitorName: "nv-demo-dev-services",
  monitorType: "DIMENSIONAL",
  rootCauses: [
    { linkedAccount: "123456789012", region: "us-east-1", service: "AWS Lambda", usageType: "Lambda-GB-Second" },
    { linkedAccount: "123456789012", region: null, service: "AWS Lambda", usageType: "" },
  ],
});
