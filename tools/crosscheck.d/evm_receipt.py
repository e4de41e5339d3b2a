"""Checks an evm-receipt-1 with eth-account, rlp and trie from PyPI, sharing nothing with Cinnabar.

Usage: evm_receipt.py RECEIPT.evm.json CHECKPOINT.SIGNED    exit status 0 only if it holds
Whether the block is in the chain, nobody can tell offline: compare the hash that is printed with a node of your choice.
"""

import base64
import hashlib
import json
import sys

import rlp
from eth_account import Account
from eth_utils import keccak
from trie import HexaryTrie


def data(text):
    return bytes.fromhex(text.removeprefix("0x"))


def need(holds, words):
    if not holds:
        sys.exit(f"does not hold: {words}")


def value(proven, root, index):
    """What stands at this place of the trie with this root, by the nodes of the proof and no others."""
    nodes = [data(node) for node in proven["proof"]]
    found = HexaryTrie.get_from_proof(root, rlp.encode(index), [rlp.decode(node) for node in nodes])
    return found


def main(receipt_path, note_path):
    receipt = json.load(open(receipt_path))
    note = open(note_path, "rb").read()
    need(receipt["cinnabar"] == "evm-receipt-1", "another format")
    origin, size, root = note.decode().split("\n")[:3]

    raw, told = data(receipt["transaction"]["bytes"]), data(receipt["receipt"]["bytes"])
    sender = Account.recover_transaction(raw)
    typed = raw[0] < 0xC0
    fields = rlp.decode(raw[1:] if typed else raw)
    start = {1: 4, 2: 5}[raw[0]] if typed else 3
    to, call = fields[start], fields[start + 2]
    chain = int.from_bytes(fields[0], "big") if typed else (int.from_bytes(fields[6], "big") - 35) // 2
    need(chain == receipt["chainId"], "the transaction is for another chain")
    need(to == data(receipt["contract"]), "the transaction goes to another contract")

    words = [call[at : at + 32] for at in range(4, len(call), 32)]
    need(call[:4] == keccak(text="anchor(bytes32,uint64,bytes32,bytes32)")[:4] and len(call) == 132, "another call")
    log_id = keccak(
        chain.to_bytes(32, "big") + to.rjust(32, b"\0") + data(receipt["openedBy"]).rjust(32, b"\0") + keccak(text=origin)
    )
    need(words[0] == log_id == data(receipt["logId"]), "the log's id is not that of this chain, contract, writer and origin")
    need(int.from_bytes(words[1], "big") == int(size), "another size")
    need(words[2] == base64.b64decode(root), "another root")
    need(words[3] == hashlib.sha256(note).digest(), "another checkpoint.signed")

    status, _, _, logs = rlp.decode(told[1:] if told[0] < 0x80 else told)
    need(status == b"\x01", "the transaction failed")
    events = [(topics, payload) for address, topics, payload in logs if address == to]
    if events:
        need(len(events) == 1, "more events than one")
        topics, payload = events[0]
        need(topics[0] == keccak(text="Anchored(bytes32,uint64,bytes32,bytes32,uint64)"), "another event")
        need(topics[1:] == words[:3] and payload[:32] == words[3], "the event is of another checkpoint")

    block = receipt["block"]
    if "header" not in block:
        print(f"sound, by the node's word alone: no header of block {block['number']}")
        return
    header = data(block["header"])
    need(keccak(header) == data(block["hash"]), "the header's digest is not the block's hash")
    items = rlp.decode(header)
    need(int.from_bytes(items[8], "big") == block["number"], "the header is of another height")
    need(int.from_bytes(items[11], "big") == block["seconds"], "the header has another time")
    index = receipt["transactionIndex"]
    need(value(receipt["transaction"], items[4], index) == raw, "the transaction is not in the block")
    need(value(receipt["receipt"], items[5], index) == told, "the receipt is not in the block")
    print(f"OK: signed by {sender}, block {block['number']} 0x{data(block['hash']).hex()} of chain {chain}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        print("usage: evm_receipt.py RECEIPT.evm.json CHECKPOINT.SIGNED", file=sys.stderr)
        sys.exit(2)
    try:
        main(sys.argv[1], sys.argv[2])
    except Exception as error:
        print(f"does not hold: {type(error).__name__}: {error}", file=sys.stderr)
        sys.exit(1)
