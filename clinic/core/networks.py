"""Where a request came from, as far as that can be believed."""

from ipaddress import ip_address, ip_network

from django.conf import settings

# Whoever has one address of such a network usually has them all (bits).
PREFIX = {4: 24, 6: 48}


def visitor_network(request):
    """Return the network of the visitor's address, or None where there is no address."""
    address = client_address(request)
    return address and ip_network((address, PREFIX[address.version]), strict=False)


def client_address(request):
    """Return the visitor's address as far as it can be believed, or None.

    X-Forwarded-For is read from its end, and only as long as a trusted proxy speaks.
    """
    hops = [request.META.get("REMOTE_ADDR", "")]
    hops[:0] = request.headers.get("X-Forwarded-For", "").split(",")
    address = None
    for hop in reversed(hops):
        nearer, address = address, parsed_address(hop)
        if address is None:
            return nearer
        if not is_trusted(address):
            return address
    return address


def parsed_address(text):
    """Return the address that a text is, or None."""
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def is_trusted(address):
    """Whether it is a proxy of our own, whose word counts."""
    return any(address in network for network in settings.TRUSTED_PROXIES)
