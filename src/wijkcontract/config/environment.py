"""What the machine tells the product: read once at start, checked at once, explained in Dutch when it is wrong."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

Network = IPv4Network | IPv6Network
KINDS = ("development", "test", "production")


@dataclass(frozen=True)
class Environment:
    """The settings that belong to a machine, never to a call or a programme."""

    kind: str
    data: Path
    database_url: str
    secret_key: str
    hosts: list[str]
    demo: bool
    now: str
    brand_owner: str
    mail_url: str
    trusted_proxies: list[Network]

    @property
    def is_production(self) -> bool:
        return self.kind == "production"


def read(environ: dict[str, str] | None = None) -> Environment:
    """Read the environment; raises ImproperlyConfigured with every fault in one message."""
    env = dict(os.environ) if environ is None else environ
    kind = env.get("WIJKCONTRACT_ENV", "development")
    production = kind == "production"
    data = Path(env.get("WIJKCONTRACT_DATA", "var")).resolve()
    demo = env.get("WIJKCONTRACT_DEMO", "") == "1"
    faults: list[str] = []
    if kind not in KINDS:
        faults.append(f"WIJKCONTRACT_ENV is '{kind}'. Kies een van: {', '.join(KINDS)}.")
    if production and demo:
        faults.append("WIJKCONTRACT_DEMO mag niet in productie: iedereen zou zich als om het even wie aanmelden.")
    if production and env.get("WIJKCONTRACT_NOW"):
        faults.append("WIJKCONTRACT_NOW mag niet in productie: de klok van de server geldt.")
    if production and not env.get("SECRET_KEY"):
        faults.append("SECRET_KEY ontbreekt. Maak er een met: openssl rand -base64 48.")
    if production and not env.get("WIJKCONTRACT_HOSTS"):
        faults.append("WIJKCONTRACT_HOSTS ontbreekt. Geef de namen van de site, gescheiden door komma's.")
    trusted_proxies = _networks(env.get("WIJKCONTRACT_TRUSTED_PROXIES", ""), faults)
    if faults:
        raise ImproperlyConfigured("\n".join(faults))
    return Environment(
        kind=kind,
        data=data,
        database_url=env.get("DATABASE_URL", ""),
        secret_key=env.get("SECRET_KEY") or _development_key(data, kind),
        hosts=[name for name in env.get("WIJKCONTRACT_HOSTS", "127.0.0.1,localhost").split(",") if name],
        demo=demo,
        now=env.get("WIJKCONTRACT_NOW", ""),
        brand_owner=env.get("WIJKCONTRACT_OWNER", "Naam van uw overheid"),
        mail_url=env.get("WIJKCONTRACT_MAIL", ""),
        trusted_proxies=trusted_proxies,
    )


def _networks(text: str, faults: list[str]) -> list[Network]:
    """The addresses and ranges of the front doors whose stamp of arrival is believed."""
    found = []
    for part in filter(None, (one.strip() for one in text.split(","))):
        try:
            found.append(ip_network(part))
        except ValueError:
            faults.append(
                f"WIJKCONTRACT_TRUSTED_PROXIES noemt '{part}'. Geef adressen of reeksen, zoals 10.0.0.5 of 10.0.0.0/24."
            )
    return found


def _development_key(data: Path, kind: str) -> str:
    """A key that survives a restart of a development server; tests take a fixed one and touch no disk."""
    if kind != "development":
        return "only-for-tests"
    path = data / "secret-key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(48))
        path.chmod(0o600)
    return path.read_text().strip()
