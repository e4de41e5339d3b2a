"""Checks an RFC 3161 response with PyPI's rfc3161-client alone: rfc3161_check.py RESPONSE.tsr DATA ROOT.pem..."""

import sys

from cryptography import x509
from rfc3161_client import VerifierBuilder, decode_timestamp_response

response = decode_timestamp_response(open(sys.argv[1], "rb").read())
data = open(sys.argv[2], "rb").read()
builder = VerifierBuilder()
for path in sys.argv[3:]:
    builder = builder.add_root_certificate(x509.load_pem_x509_certificate(open(path, "rb").read()))
builder.build().verify_message(response, data)
print("OK", response.tst_info.gen_time)
