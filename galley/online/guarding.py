"""Which addresses may be asked: https on the public network, and nothing that only this machine or its net can see.

A page decides where a redirect leads, and a bibliography which links are checked; neither may make Galley knock at
a service inside.
"""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

INSIDE = (".local", ".localhost", ".internal", ".intranet", ".lan", ".home.arpa", ".onion")
"""Endings of names that no public network knows."""
NAT64 = ipaddress.ip_network("64:ff9b::/96")


def refusal(address: str) -> str:
    """Why an address is not to be asked, judged by its form; "" where it may be."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "is no address"
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme != "https":
        return "is not https"
    if not host:
        return "is no address"
    if parts.username or parts.password:
        return "holds a name or password"
    if port not in (None, 443):
        return f"names the port {port}"
    if host == "localhost" or host.endswith(INSIDE) or ("." not in host and ":" not in host):
        return "is not public"
    try:
        return "" if is_public(host) else "is not public"
    except ValueError:
        return ""  # a name: what it stands for is judged when it is looked up


def is_public(number: str) -> bool:
    """Whether an IP address, IPv4 in IPv6 included, is one of the public network; ValueError where it is none."""
    found = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is None and found in NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            found = inner
    return found.is_global and not found.is_multicast


def public_addresses(host: str, port: int) -> list[str]:
    """The IP addresses of a host, none of them private; OSError where it has none, PermissionError where one is.

    They are what is then connected to, so a name cannot mean something else a moment later.
    """
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not all(is_public(one) for one in found):
        raise PermissionError(f"{host} is not public")
    return list(dict.fromkeys(found))
