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
