/** The first two octets of every address in the VPC. */
const NETWORK = "10.23";

export const VPC_CIDR = `${NETWORK}.0.0/16`;

/** The /24 range of a subnet. */
export const subnetCidr = (thirdOctet: number): string => `${NETWORK}.${thirdOctet}.0/24`;

/** Every IPv4 address. */
export const ANYWHERE = "0.0.0.0/0";
