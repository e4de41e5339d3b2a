#!/usr/bin/env python3
"""Serves kept block headers to the stock OpenTimestamps client, as a Bitcoin node on the loopback would.

  ots_headers_node.py HEADERS.json PORT
  ots --bitcoin-node http://u:p@127.0.0.1:PORT/ verify -f checkpoint.signed NAME.ots

HEADERS.json is the NAME.ots-headers.json beside a proof: an object from heights to 80-byte headers in hexadecimal. It
vouches for nothing: whoever trusts the answers trusts the headers, and compares their hashes with a node or explorer of
their own choice. Prints the hash of each header. PORT 0 takes a free one, which is printed too.
"""

import hashlib
import http.server
import json
import sys


def block_hash(header):
    return hashlib.sha256(hashlib.sha256(header).digest()).digest()[::-1].hex()


class Node(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        by_height, parameters = self.server.by_height, call.get("params", [])
        by_hash = {block_hash(header): header for header in by_height.values()}
        try:
            result = {
                "getblockcount": lambda: max(by_height),
                "getblockhash": lambda: block_hash(by_height[parameters[0]]),
                "getblockheader": lambda: by_hash[parameters[0]].hex(),
            }[call["method"]]()
            error = None
        except KeyError:
            result, error = None, {"code": -8, "message": "Block height out of range"}
        body = json.dumps({"result": result, "error": error, "id": call.get("id")}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="ascii") as file:
        headers = {int(height): bytes.fromhex(text) for height, text in json.load(file).items()}
    if not headers or any(len(header) != 80 for header in headers.values()):
        sys.exit(f"{sys.argv[1]} does not hold block headers of 80 bytes by height")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Node)
    server.daemon_threads = True
    server.by_height = headers
    for height, header in sorted(headers.items()):
        print(f"height {height}: {block_hash(header)}")
    print(f"http://u:p@127.0.0.1:{server.server_address[1]}/", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
