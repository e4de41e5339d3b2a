"""JSON-RPC over HTTP in front of the chain, on loopback only."""

import argparse
import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from chain import Chain, Refusal
from shapes import address, block_json, receipt_json, text, transaction_json

REQUEST_LIMIT_BYTES = 4 << 20


class Node:
    """The methods, by their JSON-RPC names."""

    def __init__(self, options):
        self.chain = Chain(manual=options.manual or options.period is not None)
        self.lag = options.finalized_lag
        self.has_finalized = not options.no_finalized
        self.lock = threading.Lock()
        self.snapshots = []

    def call(self, method, parameters):
        handler = getattr(self, method, None) if method.split("_")[0] in ("eth", "net", "web3", "evm", "dev") else None
        if handler is None:
            raise Refusal(f"the method {method} does not exist/is not available", code=-32601)
        try:
            with self.lock:
                return handler(*parameters)
        except (TypeError, ValueError) as error:
            raise Refusal(f"invalid argument: {error}", code=-32602)

    def web3_clientVersion(self):
        return "cinnabar-devledger/py-evm"

    def net_version(self):
        return str(self.chain.chain.chain_id)

    def eth_chainId(self):
        return hex(self.chain.chain.chain_id)

    def eth_blockNumber(self):
        return hex(self.chain.latest)

    def eth_gasPrice(self):
        return hex(self.chain.base_fee + 10**9)

    def eth_maxPriorityFeePerGas(self):
        return hex(10**9)

    def eth_getBalance(self, account, tag="latest"):
        return hex(self.chain.state().get_balance(address(account)))

    def eth_getCode(self, account, tag="latest"):
        return text(self.chain.state().get_code(address(account)))

    def eth_getTransactionCount(self, account, tag="latest"):
        return hex(self.chain.count(address(account), pending=tag == "pending"))

    def eth_sendRawTransaction(self, raw):
        return text(self.chain.send(bytes.fromhex(raw[2:])))

    def eth_call(self, call, tag="latest"):
        return text(self.chain.call(*self.fields(call)))

    def eth_estimateGas(self, call, tag="latest"):
        return hex(self.chain.estimate(*self.fields(call)))

    def eth_getBlockByNumber(self, tag, full=False):
        number = self.number(tag)
        block = self.chain.block(number)
        return block and block_json(block, full)

    def eth_getBlockByHash(self, digest, full=False):
        block = self.chain.block_by_hash(bytes.fromhex(digest[2:]))
        return block and block_json(block, full)

    def eth_getTransactionByHash(self, digest):
        digest = bytes.fromhex(digest[2:])
        place = self.chain.place(digest)
        if place:
            return transaction_json(place[0].transactions[place[1]], place[0], place[1])
        waiting = self.chain.waiting(digest)
        return waiting and transaction_json(waiting)

    def eth_getTransactionReceipt(self, digest):
        place = self.chain.place(bytes.fromhex(digest[2:]))
        return place and receipt_json(place[0], self.chain.chain.chaindb, place[1])

    def eth_getBlockReceipts(self, which):
        is_hash = len(which) == 66
        block = self.chain.block_by_hash(bytes.fromhex(which[2:])) if is_hash else self.chain.block(self.number(which))
        if block is None:
            return None
        return [receipt_json(block, self.chain.chain.chaindb, index) for index in range(len(block.transactions))]

    def evm_mine(self, count=1):
        for _ in range(count):
            self.chain.mine()
        return hex(self.chain.latest)

    def evm_snapshot(self):
        self.snapshots.append(self.chain.latest)
        return hex(len(self.snapshots) - 1)

    def evm_revert(self, snapshot):
        self.chain.revert(self.snapshots[int(snapshot, 16)])
        return True

    def dev_reorganize(self, depth):
        """The newest blocks give way to others without their transactions."""
        self.chain.reorganize(depth)
        return hex(self.chain.latest)

    def dev_drop(self):
        """Waiting transactions are forgotten."""
        self.chain.drop()
        return True

    def dev_manual(self, manual):
        self.chain.manual = manual
        return True

    def dev_fund(self, account):
        return text(self.chain.fund(address(account)))

    def number(self, tag):
        if tag in ("finalized", "safe"):
            if not self.has_finalized:
                raise Refusal(f"'{tag}' tag not supported on this chain", code=-39001)
            return max(0, self.chain.latest - self.lag)
        names = {"latest": self.chain.latest, "pending": self.chain.latest, "earliest": 0}
        return names[tag] if tag in names else int(tag, 16)

    def fields(self, call):
        data = call.get("input") or call.get("data") or "0x"
        to = call.get("to")
        # Who does not say who asks is somebody with coins.
        caller = call.get("from") or text(self.chain.backend.get_accounts()[0])
        return address(caller), address(to) if to else b"", bytes.fromhex(data[2:])


def handler(node):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def answer(self, question):
            reply = {"jsonrpc": "2.0", "id": question.get("id")}
            try:
                reply["result"] = node.call(question["method"], question.get("params", []))
            except Refusal as refusal:
                reply["error"] = {"code": refusal.code, "message": refusal.message}
            except Exception as error:  # A fault of this program: said, not hidden.
                reply["error"] = {"code": -32603, "message": f"{type(error).__name__}: {error}"[:300]}
            return reply

        def do_POST(self):
            count = int(self.headers.get("content-length", 0))
            if count > REQUEST_LIMIT_BYTES:
                self.send_error(413)
                return
            question = json.loads(self.rfile.read(count))
            several = isinstance(question, list)
            replies = [self.answer(one) for one in (question if several else [question])]
            body = json.dumps(replies if several else replies[0]).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler


def watch(parent):
    def look():
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(0)

    threading.Thread(target=look, daemon=True).start()


def main():
    parser = argparse.ArgumentParser(description="An EVM chain for development: one node without consensus.")
    parser.add_argument("--port", type=int, default=8545, help="0 for any free one")
    parser.add_argument("--manual", action="store_true", help="blocks only by evm_mine")
    parser.add_argument("--period", type=float, help="seconds from block to block, instead of one for each transaction")
    parser.add_argument("--finalized-lag", type=int, default=0, help="blocks that 'finalized' is behind 'latest'")
    parser.add_argument("--no-finalized", action="store_true", help="refuse the tags 'finalized' and 'safe'")
    parser.add_argument("--with-parent", action="store_true", help="end when the program that started it ends")
    options = parser.parse_args()
    if options.with_parent:
        watch(os.getppid())
    node = Node(options)
    server = ThreadingHTTPServer(("127.0.0.1", options.port), handler(node))
    server.daemon_threads = True
    if options.period:
        def tick():
            while True:
                time.sleep(options.period)
                with node.lock:
                    node.chain.mine()
        threading.Thread(target=tick, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_address[1]} chain {node.chain.chain.chain_id}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        sys.exit(0)


main()
