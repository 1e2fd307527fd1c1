"""The demo city: sectors and figures of three municipalities, wholly invented and the same on every machine (R2).

Every sector is called an example, codes carry an X where real ones do not, shapes are cells of a made-up plan, and the
data is marked as example on every page. Only the codes that the published contracts name are real.
"""

from wijkcontract.demo.city.load import VINTAGE, load_city

__all__ = ["VINTAGE", "load_city"]
