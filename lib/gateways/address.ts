/** RFC 1035 §2.3.4: a longer slug has no host form. */
const LONGEST_HOST_LABEL = 63;

/**
 * Where client apps reach a gateway: at a host name of its own, and below the console's address where there is no
 * wildcard name. Both without a trailing slash.
 *
 * @param origin the console's, such as `http://localhost:3000`: the host form has its scheme and port.
 */
export function gatewayAddresses(slug: string, origin: string, gatewayDomain: string) {
  const { protocol, port } = new URL(origin);
  const host = `${slug}.${gatewayDomain}${port && `:${port}`}`;
  return {
    hostForm: slug.length <= LONGEST_HOST_LABEL ? `${protocol}//${host}` : null,
    pathForm: `${origin}/gateway/${slug}`,
  };
}

export type GatewayAddresses = ReturnType<typeof gatewayAddresses>;

/**
 * Which form code is shown with first: the host's where there is one. Not below `localhost`, because browsers and curl
 * find such names by themselves, while Node and Python ask a system that may not know them.
 */
export function firstFormOf({ hostForm }: GatewayAddresses): keyof GatewayAddresses {
  return hostForm && !new URL(hostForm).hostname.endsWith('.localhost') ? 'hostForm' : 'pathForm';
}
